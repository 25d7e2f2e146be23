import { servingContainersOf } from "../kubernetes.ts";
import { membersAt } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";

export const probes = resourceRule({
  name: "probes",
  description: "Every container that serves has a readiness and a liveness probe",
  why: "Without them a dead service gets requests, and its recovery cannot be waited for.",
  fix: "set readinessProbe and livenessProbe",
  level: "mandatory",
  evaluate: (resource) =>
    checkEach(servingContainersOf(resource), ({ name, spec }) =>
      ["readinessProbe", "livenessProbe"]
        .filter((probe) => membersAt(spec, probe).length === 0)
        .map((probe) => `${name} has no ${probe}`),
    ),
});
