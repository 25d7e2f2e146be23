import {
  generationOf,
  isOwnedBy,
  numberAt,
  stringAt,
  type KubeObject,
} from "../objects/kube-object.ts";
import { podProblems } from "./pod-problems.ts";
import { done, pending, type ReadyRule, type AwaitResult, type View } from "./await-result.ts";

/** Ready when all replicas are, at the revision that was asked for. */
export const statefulSetRule: ReadyRule = {
  related: [{ apiVersion: "v1", kind: "Pod" }],
  judge,
};

function judge({ object, others }: View): AwaitResult {
  const wanted = numberAt(object, "spec", "replicas") ?? 1;
  const ready = numberAt(object, "status", "readyReplicas") ?? 0;
  if (numberAt(object, "status", "observedGeneration") !== generationOf(object)) {
    return pending("Waiting for the StatefulSet controller");
  }
  const current = stringAt(object, "status", "currentRevision");
  const target = stringAt(object, "status", "updateRevision");
  if (hasReplicas(object, wanted) && isAtRevision(object)) {
    return done("StatefulSet initialization complete");
  }
  const problems = [
    `${ready} out of ${wanted} replicas succeeded readiness checks`,
    ...(current === target
      ? []
      : [`StatefulSet controller failed to advance from revision "${current}" to "${target}"`]),
    ...others("Pod")
      .filter((it) => isOwnedBy(it, object))
      .flatMap(podProblems),
  ];
  return pending(
    `[1/2] Waiting for StatefulSet to create Pods (${ready}/${wanted} Pods ready)`,
    problems,
  );
}

function hasReplicas(set: KubeObject, wanted: number): boolean {
  return ["replicas", "readyReplicas"].every(
    (field) => (numberAt(set, "status", field) ?? 0) === wanted,
  );
}

/** With OnDelete, pods keep their revision until somebody deletes them. */
function isAtRevision(set: KubeObject): boolean {
  const onDelete = stringAt(set, "spec", "updateStrategy", "type") === "OnDelete";
  const current = stringAt(set, "status", "currentRevision");
  return onDelete || (current !== "" && current === stringAt(set, "status", "updateRevision"));
}
