import { containersOf, podSpecOf } from "../kubernetes.ts";
import { at, numberAt } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";

export const nonRoot = resourceRule({
  name: "non-root",
  description: "Every container runs as a numeric user other than root",
  why: "Root in a container is root on the node once it escapes.",
  fix: "set securityContext.runAsNonRoot: true and runAsUser to a number above 0",
  level: "mandatory",
  evaluate: (resource) =>
    checkEach(containersOf(resource), ({ name, spec }) => {
      const pod = podSpecOf(resource);
      const own = (field: string) =>
        at(spec, "securityContext", field) ?? at(pod, "securityContext", field);
      const problems = [];
      if (own("runAsNonRoot") !== true) problems.push(`${name} may run as root`);
      if (!((numberAt(own("runAsUser")) ?? 0) > 0)) problems.push(`${name} has no numeric user`);
      return problems;
    }),
});
