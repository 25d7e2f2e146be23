import type { EndpointSlice, Pod, Service } from "./objects.ts";

/** Objects of the cluster, of any namespaces. */
export interface ClusterObjects {
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
}

/** The part of the cluster that one shop is. */
export interface ClusterView extends ClusterObjects {
  /** Namespace of all of them. */
  readonly namespace: string;
}

/** Namespaces that hold a shop, which are those with a Service of its front-end: the oldest first. */
export function shopNamespaces(services: readonly Service[]): string[] {
  const found = services.flatMap(
    ({ metadata: { name, namespace = "", creationTimestamp } = {} }) =>
      name === "front-end" ? [{ namespace, since: timeOf(creationTimestamp) }] : [],
  );
  return found
    .sort((a, b) => a.since - b.since || a.namespace.localeCompare(b.namespace))
    .map(({ namespace }) => namespace);
}

function timeOf(timestamp: Date | string | undefined): number {
  return timestamp === undefined ? 0 : new Date(timestamp).getTime();
}

/** What is in one namespace. */
export function shopView(objects: ClusterObjects, namespace: string): ClusterView {
  const { pods, services, slices } = objects;
  const isInside = ({ metadata }: Pod | Service | EndpointSlice): boolean =>
    metadata?.namespace === namespace;
  return {
    namespace,
    pods: pods.filter(isInside),
    services: services.filter(isInside),
    slices: slices.filter(isInside),
  };
}
