import { nameOf, stringAt, type KubeObject } from "../objects/kube-object.ts";
import { done, pending, type ReadyRule, type AwaitResult, type View } from "./await-result.ts";

/** Ready when bound, or when its storage class binds only once a pod uses it. */
export const claimRule: ReadyRule = {
  related: [{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass" }],
  judge,
};

function judge({ object, others }: View): AwaitResult {
  const phase = stringAt(object, "status", "phase");
  if (phase === "Bound") return done("PersistentVolumeClaim has been bound");
  const className = stringAt(object, "spec", "storageClassName");
  const storageClass = others("StorageClass").find((it) => nameOf(it) === className);
  if (phase === "Pending" && bindsLate(storageClass)) {
    return done("PersistentVolumeClaim will be bound when a Pod uses it");
  }
  return pending("Waiting for PersistentVolumeClaim to be bound", [
    className !== "" && storageClass === undefined
      ? `there is no StorageClass "${className}"`
      : `the PersistentVolumeClaim is ${phase || "new"}: no volume was bound to it`,
  ]);
}

function bindsLate(storageClass: KubeObject | undefined): boolean {
  return stringAt(storageClass, "volumeBindingMode") === "WaitForFirstConsumer";
}
