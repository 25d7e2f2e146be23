import { type ContainerStatus, type Pod, podTags } from "./pod-tags.ts";

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
 * The metrics of the cluster that monitors and dashboards of the shop read: those of the Datadog
 * agent's kube-state check, and of its kubelet check, how containers ended before. A Service without
 * addresses has no series at all, as since kube-state-metrics 2.18; a container that does not wait
 * has none of a reason.
 *
 * @param seconds since 1970
 */
export function clusterMetrics(
  { pods, deployments, slices }: ClusterObjects,
  clusterName: string,
  seconds: number,
): Gauge[] {
  const gauge = (metric: string, value: number, tags: readonly string[]): Gauge => ({
    metric: `kubernetes${metric}`,
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
        gauge("_state.deployment.replicas_desired", spec?.replicas ?? 0, tags),
        gauge("_state.deployment.replicas_available", availableReplicas, tags),
        gauge("_state.deployment.replicas_unavailable", unavailableReplicas, tags),
      ];
    }),
    ...pods.map((pod) =>
      gauge("_state.pod.status_phase", 1, [
        ...podTags(pod, clusterName).filter((tag) => !tag.startsWith("kube_cluster_name:")),
        `pod_phase:${pod.status?.phase ?? "Unknown"}`,
      ]),
    ),
    ...pods.flatMap((pod) =>
      (pod.status?.containerStatuses ?? []).flatMap((container) =>
        containerMetrics(container).map(([metric, value, ...reason]) =>
          gauge(metric, value, [
            ...podTags(pod, clusterName).filter((tag) => !tag.startsWith("kube_cluster_name:")),
            `kube_container_name:${container.name}`,
            ...reason,
          ]),
        ),
      ),
    ),
    ...slices.flatMap(({ metadata, endpoints }) => {
      const service = metadata?.labels?.["kubernetes.io/service-name"] ?? "";
      const tags = [`kube_namespace:${metadata?.namespace ?? ""}`, `kube_endpoint:${service}`];
      return (endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready !== false)
        .flatMap(({ addresses }) =>
          addresses.map((address) =>
            gauge("_state.endpoint.address_available", 1, [...tags, `address:${address}`]),
          ),
        );
    }),
  ];
}

/** Reasons that the agent counts; any other state of a container has no series. */
const counted = {
  waiting: [
    "containercreating",
    "crashloopbackoff",
    "createcontainerconfigerror",
    "createcontainererror",
    "errimagepull",
    "imagepullbackoff",
    "invalidimagename",
  ],
  terminated: ["containercannotrun", "error", "oomkilled"],
} as const;

type Measured = readonly [metric: string, value: number, ...reason: readonly string[]];

function containerMetrics({ restartCount, state, lastState }: ContainerStatus): Measured[] {
  const why = (kind: keyof typeof counted, reason = ""): readonly string[] =>
    counted[kind].filter((known) => known === reason.toLowerCase()).map((it) => `reason:${it}`);
  return [
    ["_state.container.restarts", restartCount],
    ...why("waiting", state?.waiting?.reason).map((reason): Measured => [
      "_state.container.status_report.count.waiting",
      1,
      reason,
    ]),
    ...why("terminated", lastState?.terminated?.reason).map((reason): Measured => [
      ".containers.last_state.terminated",
      1,
      reason,
    ]),
  ];
}
