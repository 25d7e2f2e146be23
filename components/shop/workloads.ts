import { catalogue, type ServiceName } from "./catalogue.ts";
import { imageSets, type ImageSetName } from "./images/image-sets.ts";
import type { Workload } from "./manifests/workload.ts";

/** What decides the shop's workloads. */
export interface WorkloadOptions {
  readonly namespace: string;
  readonly env: string;
  readonly images: {
    readonly set: ImageSetName;
    readonly overrides: Readonly<Partial<Record<ServiceName, string>>>;
  };

  /** Port of every node that leads to the front-end. */
  readonly frontEndNodePort?: number | undefined;

  /** Pods outside of any incident, of the services that do not run exactly one. */
  readonly configured: Readonly<Partial<Record<ServiceName, number>>>;

  /** Pods that the incident gives a service instead. */
  readonly staged: Readonly<Partial<Record<ServiceName, number>>>;

  /** Names of the pods that the incident lets a service's callers reach instead of its own. */
  readonly backends?: Readonly<Partial<Record<ServiceName, string>>>;
}

/** Joins every catalogue row with its container, its number of pods and its place. */
export function workloads(options: WorkloadOptions): Workload[] {
  const { namespace, env, images, configured, staged, backends = {}, frontEndNodePort } = options;
  const set = imageSets[images.set];
  return catalogue.map((spec) => ({
    spec,
    container: { ...set[spec.name], image: images.overrides[spec.name] ?? set[spec.name].image },
    namespace,
    env,
    replicas: staged[spec.name] ?? configured[spec.name] ?? 1,
    configuredReplicas: configured[spec.name] ?? 1,
    backend: backends[spec.name] ?? spec.name,
    ...(spec.tier === "web" && frontEndNodePort !== undefined && { nodePort: frontEndNodePort }),
  }));
}
