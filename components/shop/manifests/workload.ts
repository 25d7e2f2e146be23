import type { ServiceName, ServiceSpec } from "../catalogue.ts";
import type { ContainerSpec } from "../images/container-spec.ts";

/** A catalogue row joined with its image and with what the stack's settings decide. */
export interface Workload {
  readonly spec: ServiceSpec & { readonly name: ServiceName };
  readonly container: ContainerSpec;
  readonly namespace: string;

  /** Value of Datadog's `env` tag. */
  readonly env: string;

  /** Number of pods; zero stages an outage without deleting anything. */
  readonly replicas: number;

  /** Number of pods outside of any incident. */
  readonly configuredReplicas: number;

  /** Name of the pods that the Service sends its callers to: its own, or a proxy's. */
  readonly backend: string;

  /** Port of every node that leads to the service; absent for a service inside the cluster only. */
  readonly nodePort?: number;
}
