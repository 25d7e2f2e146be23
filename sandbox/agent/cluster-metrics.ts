import { type Pod, podTags } from "./pod-tags.ts";

/** What the agent measures of the cluster; the official client's objects fit. */
export interface ClusterObjects {
  readonly pods: readonly Pod[];
  readonly deployments: readonly Deployment[];
  readonly slices: readonly EndpointSlice[];
}

interface Deployment {
  readonly metadata?: Pod["metadata"];
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly availableReplicas?: number; readonly unavailableReplicas?: number };
}

interface EndpointSlice {
  readonly metadata?: Pod["metadata"];
  /** The API server writes null where there is none. */
  readonly endpoints?:
    | readonly {
        readonly addresses: readonly string[];
        readonly conditions?: { readonly ready?: boolean };
      }[]
    | null;
}

/** One gauge as `POST /api/v2/series` takes it. */
export interface Gauge {
  readonly metric: string;
  readonly type: 3;
  readonly points: readonly [{ readonly timestamp: number; readonly value: number }];
  readonly tags: readonly string[];
}

/**
 * The kube-state metrics of the Datadog agent that monitors of the shop read. A Service without
 * addresses has no series at all, as since kube-state-metrics 2.18.
 *
 * @param seconds since 1970
 */
export function clusterMetrics(
  { pods, deployments, slices }: ClusterObjects,
  clusterName: string,
  seconds: number,
): Gauge[] {
  const gauge = (metric: string, value: number, tags: readonly string[]): Gauge => ({
    metric: `kubernetes_state.${metric}`,
    type: 3,
    points: [{ timestamp: seconds, value }],
    tags: [`kube_cluster_name:${clusterName}`, ...tags],
  });
  return [
    ...deployments.flatMap(({ metadata, spec, status }) => {
      const tags = [
        `kube_namespace:${metadata?.namespace ?? ""}`,
        `kube_deployment:${metadata?.name ?? ""}`,
      ];
      const { availableReplicas = 0, unavailableReplicas = 0 } = status ?? {};
      return [
        gauge("deployment.replicas_desired", spec?.replicas ?? 0, tags),
        gauge("deployment.replicas_available", availableReplicas, tags),
        gauge("deployment.replicas_unavailable", unavailableReplicas, tags),
      ];
    }),
    ...pods.map((pod) =>
      gauge("pod.status_phase", 1, [
        ...podTags(pod, clusterName).filter((tag) => !tag.startsWith("kube_cluster_name:")),
        `pod_phase:${pod.status?.phase ?? "Unknown"}`,
      ]),
    ),
    ...slices.flatMap(({ metadata, endpoints }) => {
      const service = metadata?.labels?.["kubernetes.io/service-name"] ?? "";
      const tags = [`kube_namespace:${metadata?.namespace ?? ""}`, `kube_endpoint:${service}`];
      return (endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready !== false)
        .flatMap(({ addresses }) =>
          addresses.map((address) =>
            gauge("endpoint.address_available", 1, [...tags, `address:${address}`]),
          ),
        );
    }),
  ];
}
