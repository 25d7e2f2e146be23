import { generationOf, isOwnedBy, numberAt } from "../objects/kube-object.ts";
import { podProblems } from "./pod-problems.ts";
import { done, pending, type ReadyRule, type AwaitResult, type View } from "./await-result.ts";

/** Ready when each node that should have a pod has an up-to-date, available one. */
export const daemonSetRule: ReadyRule = {
  related: [{ apiVersion: "v1", kind: "Pod" }],
  judge,
};

function judge({ object, others }: View): AwaitResult {
  const count = (field: string) => numberAt(object, "status", field) ?? 0;
  if (numberAt(object, "status", "observedGeneration") !== generationOf(object)) {
    return pending("Waiting for the DaemonSet controller");
  }
  const wanted = count("desiredNumberScheduled");
  const [updated, available] = [count("updatedNumberScheduled"), count("numberAvailable")];
  if (updated >= wanted && available >= wanted) {
    return done(`All replicas scheduled as expected. Replicas: ${wanted}`);
  }
  const problems = others("Pod")
    .filter((it) => isOwnedBy(it, object))
    .flatMap(podProblems);
  return pending(`Available: ${available}/${wanted}, up to date: ${updated}/${wanted}`, problems);
}
