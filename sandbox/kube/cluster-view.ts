import type { EndpointSlice, Pod, Service } from "./objects.ts";

/** Objects of the cluster, of any namespaces. */
export interface ClusterObjects {
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
}

/** The part of the cluster that the shop follows. */
export interface ClusterView extends ClusterObjects {
  /** Namespace of all of them; empty where the cluster has no shop. */
  readonly namespace: string;
}

/** Namespaces that hold a shop: those with a Service of its front-end. */
export function shopNamespaces(services: readonly Service[]): string[] {
  const found = services.flatMap(({ metadata: { name, namespace = "" } = {} }) =>
    name === "front-end" ? [namespace] : [],
  );
  return found.sort();
}

/** The first namespace that holds a shop, and what is in it. */
export function shopView({ pods, services, slices }: ClusterObjects): ClusterView {
  const [namespace = ""] = shopNamespaces(services);
  const isInside = ({ metadata }: Pod | Service | EndpointSlice): boolean =>
    namespace !== "" && metadata?.namespace === namespace;
  return {
    namespace,
    pods: pods.filter(isInside),
    services: services.filter(isInside),
    slices: slices.filter(isInside),
  };
}
