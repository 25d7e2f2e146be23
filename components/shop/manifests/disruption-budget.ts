import type { PodDisruptionBudgetArgs } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { podSelector } from "./labels.ts";
import type { Workload } from "./workload.ts";

/**
 * Keeps a node drain from losing orders or sessions, which live in the pod, and from taking all
 * replicas of a service at once. A single stateless pod needs none: it would only block the drain.
 * It goes by the pods outside of any incident, so that an incident leaves the budget alone.
 */
export function disruptionBudgetArgs(workload: Workload) {
  const { spec, namespace, configuredReplicas } = workload;
  if (!spec.keepsData && configuredReplicas < 2) return undefined;
  return {
    metadata: { name: spec.name, namespace },
    spec: {
      maxUnavailable: spec.keepsData ? 0 : 1,
      selector: { matchLabels: podSelector(spec.name) },
    },
  } satisfies PodDisruptionBudgetArgs;
}
