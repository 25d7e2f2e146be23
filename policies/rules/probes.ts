import { servingContainersOf } from "../kubernetes.ts";
import { membersAt } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";

export const probes = resourceRule({
  name: "probes",
  description: "Every container that keeps running has a readiness and a liveness probe",
  why: "Without them a dead service still gets requests, and nothing can wait for its recovery.",
  fix: "set readinessProbe and livenessProbe",
  level: "mandatory",
  evaluate: (resource) =>
    checkEach(servingContainersOf(resource), ({ name, spec }) =>
      ["readinessProbe", "livenessProbe"]
        .filter((probe) => membersAt(spec, probe).length === 0)
        .map((probe) => `${name} has no ${probe}`),
    ),
});
