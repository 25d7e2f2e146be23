import type { PropertyMap } from "../../../../sandbox/plugins/grpc/property-value.ts";
import type { KubeObject } from "../../../../sandbox/plugins/kubernetes/objects/kube-object.ts";
import type { View } from "../../../../sandbox/plugins/kubernetes/await/await-result.ts";

/** Ownership as the API records it. */
export function ownedBy(uid: string): PropertyMap {
  return { ownerReferences: [{ uid, controller: true }] };
}

export function deployment(changes: { replicas?: number; status?: PropertyMap } = {}): KubeObject {
  const replicas = changes.replicas ?? 1;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "payment",
      namespace: "sock-shop",
      uid: "deployment",
      generation: 2,
      annotations: { "deployment.kubernetes.io/revision": "1" },
    },
    spec: { replicas },
    status: changes.status ?? {
      observedGeneration: 2,
      conditions: [
        { type: "Available", status: "True", reason: "MinimumReplicasAvailable" },
        { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" },
      ],
    },
  };
}

export function replicaSet(changes: { spec?: number; replicas?: number; ready?: number } = {}) {
  const replicas = changes.spec ?? 1;
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: "payment-1",
      namespace: "sock-shop",
      uid: "replica-set",
      generation: 1,
      annotations: { "deployment.kubernetes.io/revision": "1" },
      ...ownedBy("deployment"),
    },
    spec: { replicas },
    status: {
      observedGeneration: 1,
      replicas: changes.replicas ?? replicas,
      readyReplicas: changes.ready ?? replicas,
    },
  } satisfies KubeObject;
}

export function pod(name: string, status: PropertyMap, metadata: PropertyMap = {}): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: "sock-shop",
      uid: name,
      labels: { name: "payment" },
      ...ownedBy("replica-set"),
      ...metadata,
    },
    status,
  };
}

/** A view of the object among others. */
export function viewOf(object: KubeObject, ...others: readonly KubeObject[]): View {
  return { object, others: (kind) => others.filter((it) => it["kind"] === kind) };
}
