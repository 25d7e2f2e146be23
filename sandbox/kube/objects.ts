// The fields of Kubernetes objects that the shop reads. Plain data, so that what decides on them
// needs no client; the official client's objects fit.

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** A text where a watch reported the object, a date where a list did. */
  readonly creationTimestamp?: Date | string;
  readonly deletionTimestamp?: Date;
}

interface KeyReference {
  readonly name?: string;
  readonly key: string;
  readonly optional?: boolean;
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: KeyReference;
    readonly configMapKeyRef?: KeyReference;
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

export interface ContainerProbe {
  readonly httpGet?: { readonly path?: string; readonly port?: number | string | object };
  readonly tcpSocket?: { readonly port: number | string | object };
  readonly exec?: { readonly command?: readonly string[] };
  readonly timeoutSeconds?: number;
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly failureThreshold?: number;
}

interface VolumeMount {
  readonly name?: string;
  readonly mountPath: string;
  readonly subPath?: string;
}

interface ConfigFiles {
  readonly name?: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[];
}

/** One part of a volume that is put together, as that of a service account is. */
export interface ProjectedSource {
  readonly configMap?: ConfigFiles;
  readonly serviceAccountToken?: {
    readonly path: string;
    readonly audience?: string;
    readonly expirationSeconds?: number;
  };
  readonly downwardAPI?: {
    readonly items?: readonly {
      readonly path: string;
      readonly fieldRef?: { readonly fieldPath: string };
    }[];
  };
}

export interface Volume {
  readonly name: string;
  readonly configMap?: ConfigFiles;
  readonly secret?: { readonly secretName?: string };
  readonly emptyDir?: object;
  readonly projected?: { readonly sources?: readonly ProjectedSource[] };
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly VolumeMount[];
  readonly startupProbe?: ContainerProbe;
  readonly readinessProbe?: ContainerProbe;
  readonly livenessProbe?: ContainerProbe;
}

export interface ContainerStatus {
  readonly name: string;
  readonly imageID: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly containerID?: string;
}

export interface Pod {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers: readonly Container[];
    readonly initContainers?: readonly object[];
    readonly volumes?: readonly Volume[];
    readonly restartPolicy?: string;
    readonly serviceAccountName?: string;
    readonly terminationGracePeriodSeconds?: number;
  };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

export interface Service {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly ports?: readonly {
      readonly name?: string;
      readonly port: number;
      readonly nodePort?: number;
    }[];
  };
}

export interface Endpoint {
  readonly conditions?: { readonly ready?: boolean };
  readonly targetRef?: { readonly uid?: string };
}

export interface EndpointSlice {
  readonly metadata?: Metadata;
  readonly endpoints?: readonly Endpoint[];
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[];
}

/** Who a pod is, with empty texts for what is missing. */
export interface PodIdentity {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  /** Value of the label `name`, by which Deployments and Services select. */
  readonly workload: string;
  /** Its first container: the shop's pods have one that matters. */
  readonly container: Container;
}

export function identify({ metadata = {}, spec }: Pod): PodIdentity {
  const { name = "", namespace = "", uid = name, labels = {} } = metadata;
  const [container = { name: "" }] = spec?.containers ?? [];
  return { uid, name, namespace, workload: labels["name"] ?? container.name, container };
}
