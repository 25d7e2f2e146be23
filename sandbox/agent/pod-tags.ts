import { type LogConfig, readLogConfig } from "./log-config.ts";

/** The fields of a pod that the agent reads; the official client's objects fit. */
export interface Pod {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers: readonly { readonly name: string; readonly image?: string }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** What the cluster says of one container of a pod. */
export interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  readonly state?: { readonly waiting?: Reason | null };
  readonly lastState?: { readonly terminated?: Reason | null };
}

interface Reason {
  readonly reason?: string;
}

/** What the agent says of every log of one container. */
export interface LogOrigin {
  readonly hostname: string;
  readonly service: string;
  readonly ddsource: string;
  readonly ddtags: string;
}

/** A container's logs: where they come from, and what its annotation asks for. */
export interface LogSource {
  readonly origin: LogOrigin;
  /** The annotation as it stands on the pod. */
  readonly annotation?: string;
}

/** The pod's first container: the shop's pods have one that prints. */
export function logSourceOf(pod: Pod, clusterName: string): LogSource {
  const { name } = firstContainer(pod);
  const annotation = pod.metadata?.annotations?.[`ad.datadoghq.com/${name}.logs`];
  if (annotation === undefined) return { origin: originOf(pod, clusterName, undefined) };
  return { origin: originOf(pod, clusterName, configOrNothing(annotation)), annotation };
}

function originOf(pod: Pod, clusterName: string, config: LogConfig | undefined): LogOrigin {
  const { name, image } = firstContainer(pod);
  const tags = [...podTags(pod, clusterName), ...containerTags(name, image), ...tagsOf(config)];
  return {
    hostname: pod.spec?.nodeName ?? "",
    service: config?.service ?? labelOf(pod, "service") ?? shortImage(image),
    ddsource: config?.source ?? shortImage(image),
    ddtags: tags.join(","),
  };
}

function tagsOf(config: LogConfig | undefined): readonly string[] {
  return config?.tags ?? [];
}

/** A label of unified service tagging. */
function labelOf({ metadata }: Pod, key: string): string | undefined {
  return metadata?.labels?.[`tags.datadoghq.com/${key}`];
}

function firstContainer({ spec }: Pod): { name: string; image: string } {
  const { name = "", image = "" } = spec?.containers[0] ?? {};
  return { name, image };
}

/** Why the agent does not take an annotation, if so; it then sends the lines as they are. */
export function configOrNothing(
  annotation: string,
  onProblem: (reason: string) => void = () => undefined,
): LogConfig | undefined {
  try {
    return readLogConfig(annotation);
  } catch (error) {
    onProblem((error as Error).message);
    return undefined;
  }
}

/** Tags of everything that comes from a pod, as the Datadog agent names them. */
export function podTags(pod: Pod, clusterName: string): string[] {
  const { metadata = {} } = pod;
  const { name = "", namespace = "" } = metadata;
  const unified = ["env", "service", "version"].flatMap((key) => {
    const value = labelOf(pod, key);
    return value === undefined ? [] : [`${key}:${value}`];
  });
  return [
    `kube_namespace:${namespace}`,
    `pod_name:${name}`,
    `kube_cluster_name:${clusterName}`,
    ...ownerTags(metadata),
    ...unified,
  ];
}

/** A ReplicaSet is named after its Deployment and a hash. */
function ownerTags({ ownerReferences = [] }: NonNullable<Pod["metadata"]>): string[] {
  return ownerReferences.flatMap(({ kind, name }) => {
    if (kind === "Job") return [`kube_job:${name}`];
    if (kind === "StatefulSet") return [`kube_stateful_set:${name}`];
    const deployment = /^(.+)-[a-z0-9]+$/.exec(name)?.[1];
    return kind === "ReplicaSet"
      ? [`kube_replica_set:${name}`, ...(deployment ? [`kube_deployment:${deployment}`] : [])]
      : [];
  });
}

function containerTags(name: string, image: string): string[] {
  const tag = /:([^/:]+)$/.exec(image)?.[1] ?? "latest";
  return [
    `kube_container_name:${name}`,
    `image_name:${image.replace(/(?::[^/:]+)?(?:@.*)?$/, "")}`,
    `short_image:${shortImage(image)}`,
    `image_tag:${tag}`,
  ];
}

/** `sock-shop-orders` of `quay.io/powercloud/sock-shop-orders:latest`. */
function shortImage(image: string): string {
  return image.replace(/@.*$/, "").replace(/^.*\//, "").replace(/:.*$/, "");
}
