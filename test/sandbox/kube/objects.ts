import type { EndpointSlice, Pod, Service } from "../../../sandbox/kube/objects.ts";

/** A scheduled pod of a workload, with the image that the status-fix set gives it. */
export function podOf(workload: string, uid: string, change: Partial<Pod> = {}): Pod {
  return {
    metadata: { name: `${workload}-${uid}`, uid, labels: { name: workload } },
    spec: {
      nodeName: "node-0",
      containers: [
        {
          name: workload,
          image: `quay.io/powercloud/sock-shop-${workload}:latest`,
          args: ["-port=8080"],
        },
      ],
    },
    status: { phase: "Running" },
    ...change,
  };
}

export function serviceOf(name: string, port = 80): Service {
  return { metadata: { name }, spec: { ports: [{ name: "http", port }] } };
}

export interface EndpointsOf {
  readonly service: string;
  readonly uids: readonly string[];
  readonly port?: number;
  readonly ready?: boolean;
}

export function sliceOf({ service, uids, port = 8080, ready = true }: EndpointsOf): EndpointSlice {
  return {
    metadata: { name: `${service}-slice`, labels: { "kubernetes.io/service-name": service } },
    endpoints: uids.map((uid) => ({
      conditions: { ready },
      targetRef: { uid },
    })),
    ports: [{ name: "http", port }],
  };
}
