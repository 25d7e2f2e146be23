import { containersOf } from "../kubernetes.ts";
import { at } from "../values.ts";
import { each, resourceRule } from "../rule.ts";

export const noPrivilegeEscalation = resourceRule({
  name: "no-privilege-escalation",
  demand: "No container is privileged or can become it",
  why: "A privileged container owns its node.",
  mend: "set securityContext.allowPrivilegeEscalation: false and remove privileged",
  level: "mandatory",
  judge: (resource) =>
    each(containersOf(resource), ({ name, spec }) => [
      ...(at(spec, "securityContext", "allowPrivilegeEscalation") === false
        ? []
        : [`${name} can gain privileges`]),
      ...(at(spec, "securityContext", "privileged") === true ? [`${name} is privileged`] : []),
    ]),
});
