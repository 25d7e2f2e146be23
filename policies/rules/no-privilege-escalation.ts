import { containersOf } from "../kubernetes.ts";
import { at } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";

export const noPrivilegeEscalation = resourceRule({
  name: "no-privilege-escalation",
  description: "No container is privileged or can become privileged",
  why: "A privileged container controls its node.",
  fix: "set securityContext.allowPrivilegeEscalation: false and remove privileged",
  level: "mandatory",
  evaluate: (resource) =>
    checkEach(containersOf(resource), ({ name, spec }) => [
      ...(at(spec, "securityContext", "allowPrivilegeEscalation") === false
        ? []
        : [`${name} can gain privileges`]),
      ...(at(spec, "securityContext", "privileged") === true ? [`${name} is privileged`] : []),
    ]),
});
