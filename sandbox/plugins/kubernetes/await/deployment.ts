import {
  annotationOf,
  conditionOf,
  generationOf,
  isOwnedBy,
  mapsAt,
  nameOf,
  numberAt,
  stringAt,
  type KubeObject,
} from "../objects/kube-object.ts";
import { podProblems } from "./pod-problems.ts";
import { done, pending, type ReadyRule, type AwaitResult, type View } from "./await-result.ts";

const REVISION = "deployment.kubernetes.io/revision";

/**
 * Ready when the controller has seen this generation, the Deployment is available, and the
 * ReplicaSet of its revision has exactly the replicas asked for, all of them ready.
 *
 * The official plugin does not ask for "exactly". We do: after scaling to 0 the pods must be on
 * their way out when the update goes on, or a load that follows would still be served.
 */
export const deploymentRule: ReadyRule = {
  related: [
    { apiVersion: "apps/v1", kind: "ReplicaSet" },
    { apiVersion: "v1", kind: "Pod" },
    { apiVersion: "v1", kind: "PersistentVolumeClaim" },
  ],
  judge,
};

function judge(view: View): AwaitResult {
  const { object } = view;
  if (numberAt(object, "status", "observedGeneration") !== generationOf(object)) {
    return pending("Waiting for the Deployment controller", [
      "the Deployment controller has not seen this change: is kube-controller-manager running?",
    ]);
  }
  const replicaSet = currentReplicaSet(view);
  const unbound = unboundClaims(view);
  const ready = replicaSet !== undefined && isRolledOut(replicaSet, object);
  if (isAvailable(object) && isProgressed(object) && ready && unbound.length === 0) {
    return done("Deployment initialization complete");
  }
  const problems = [
    ...conditionProblems(object),
    ...unbound.map((it) => `Failed to bind PersistentVolumeClaim(s): "${it}"`),
    ...rolloutProblems(object, ready),
    ...podsOf(view, replicaSet).flatMap(podProblems),
  ];
  return pending(progress(object, replicaSet), problems);
}

function currentReplicaSet({ object, others }: View): KubeObject | undefined {
  const revision = annotationOf(object, REVISION);
  return others("ReplicaSet").find(
    (it) => isOwnedBy(it, object) && revision !== "" && annotationOf(it, REVISION) === revision,
  );
}

function podsOf({ others }: View, replicaSet: KubeObject | undefined): readonly KubeObject[] {
  if (replicaSet === undefined) return [];
  return others("Pod").filter((it) => isOwnedBy(it, replicaSet));
}

function isRolledOut(replicaSet: KubeObject, deployment: KubeObject): boolean {
  const wanted = numberAt(deployment, "spec", "replicas") ?? 1;
  return (
    numberAt(replicaSet, "status", "observedGeneration") === generationOf(replicaSet) &&
    numberAt(replicaSet, "spec", "replicas") === wanted &&
    (numberAt(replicaSet, "status", "replicas") ?? 0) === wanted &&
    (numberAt(replicaSet, "status", "readyReplicas") ?? 0) >= wanted
  );
}

function isAvailable(deployment: KubeObject): boolean {
  return stringAt(conditionOf(deployment, "Available"), "status") === "True";
}

/** The first ReplicaSet is created, not rolled out to: the controller need not say more of it. */
function isProgressed(deployment: KubeObject): boolean {
  if (annotationOf(deployment, REVISION) === "1") return true;
  const progressing = conditionOf(deployment, "Progressing");
  return (
    stringAt(progressing, "status") === "True" &&
    stringAt(progressing, "reason") === "NewReplicaSetAvailable"
  );
}

function conditionProblems(deployment: KubeObject): readonly string[] {
  return ["Progressing", "Available"].flatMap((type) => {
    const condition = conditionOf(deployment, type);
    if (condition === undefined || stringAt(condition, "status") === "True") return [];
    return [`[${stringAt(condition, "reason")}] ${stringAt(condition, "message")}`];
  });
}

function rolloutProblems(deployment: KubeObject, ready: boolean): readonly string[] {
  if (!isAvailable(deployment)) return ["Minimum number of live Pods was not attained"];
  if (!isProgressed(deployment)) {
    return ["Minimum number of Pods to consider the application live was not attained"];
  }
  if (ready) return [];
  return [
    annotationOf(deployment, REVISION) === "1"
      ? "Minimum number of Pods to consider the application live was not attained"
      : "Attempted to roll forward to new ReplicaSet, " +
        "but minimum number of Pods did not become live",
  ];
}

function unboundClaims({ object, others }: View): readonly string[] {
  const names = mapsAt(object, "spec", "template", "spec", "volumes")
    .map((it) => stringAt(it, "persistentVolumeClaim", "claimName"))
    .filter((it) => it !== "");
  return others("PersistentVolumeClaim")
    .filter((it) => names.includes(nameOf(it)) && stringAt(it, "status", "phase") !== "Bound")
    .map(nameOf);
}

function progress(deployment: KubeObject, replicaSet: KubeObject | undefined): string {
  const wanted = numberAt(deployment, "spec", "replicas") ?? 1;
  if (wanted === 0) return "Waiting for app ReplicaSet to scale down to 0";
  const ready = numberAt(replicaSet, "status", "readyReplicas") ?? 0;
  return `Waiting for app ReplicaSet to be available (${ready}/${wanted} Pods available)`;
}
