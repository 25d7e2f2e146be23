import type { Endpoint, EndpointSlice, Pod, Service } from "../../kube/objects.ts";
import type { Address } from "../http/address.ts";

/** What the follower knows of the pods that it runs. */
export interface LocalPod {
  /** Loopback ports that listen, by the port that the program opened inside of its container. */
  readonly ports: ReadonlyMap<number, number>;
  readonly ready: boolean;
}

/** One port of a Service and where its traffic goes. */
export interface Route {
  readonly service: string;
  readonly port: number;
  readonly backends: readonly Address[];
}

/** Key of a Service port. */
export function routeKey(service: string, port: number): string {
  return `${service}:${port}`;
}

/** Port of every node that leads to a Service's port; undefined where it declares none. */
export function nodePortOf(
  services: readonly Service[],
  { service, port }: { readonly service: string; readonly port: number },
): number | undefined {
  const found = services.find(({ metadata }) => metadata?.name === service);
  return found?.spec?.ports?.find((one) => one.port === port)?.nodePort;
}

/** True for a pod whose containers should run: scheduled, not over, not about to be removed. */
export function shouldRun(pod: Pod): boolean {
  const { phase } = pod.status ?? {};
  return (
    pod.metadata?.deletionTimestamp === undefined &&
    pod.spec?.nodeName !== undefined &&
    (phase === "Running" || phase === "Pending" || phase === undefined)
  );
}

/**
 * Where each Service port leads: to the endpoints that the cluster calls ready, as far as their
 * program really listens on the port that the Service names. A target port that the program did not
 * open has nobody behind it, here as in a cluster.
 */
export function routesOf(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  local: ReadonlyMap<string, LocalPod>,
): readonly Route[] {
  return services.flatMap((service) => {
    const name = service.metadata?.name ?? "";
    const own = slices.filter((slice) => serviceOf(slice) === name);
    return (service.spec?.ports ?? []).map((port) => ({
      service: name,
      port: port.port,
      backends: own.flatMap((slice) => sliceBackends(slice, port.name, local)),
    }));
  });
}

/** Pods behind a Service that the cluster calls ready, by uid. */
export function readyPodsOf(service: string, slices: readonly EndpointSlice[]): readonly string[] {
  return slices
    .filter((slice) => serviceOf(slice) === service)
    .flatMap((slice) => endpointsOf(slice).map(podUid));
}

/** Ports that a Service sends to inside of its pods. */
export function endpointPorts(service: string, slices: readonly EndpointSlice[]): number[] {
  return slices
    .filter((slice) => serviceOf(slice) === service)
    .flatMap(({ ports }) => (ports ?? []).flatMap(({ port }) => port ?? []));
}

function serviceOf(slice: EndpointSlice): string | undefined {
  return slice.metadata?.labels?.["kubernetes.io/service-name"];
}

/** Endpoints that the cluster calls ready. */
function endpointsOf(slice: EndpointSlice): readonly Endpoint[] {
  return (slice.endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
}

function podUid({ targetRef }: Endpoint): string {
  return targetRef?.uid ?? "";
}

function sliceBackends(
  slice: EndpointSlice,
  portName: string | undefined,
  local: ReadonlyMap<string, LocalPod>,
): readonly Address[] {
  const target = slice.ports?.find(({ name }) => (name ?? "") === (portName ?? ""))?.port;
  if (target === undefined) return [];
  return endpointsOf(slice).flatMap((endpoint) => {
    const pod = local.get(podUid(endpoint));
    const port = pod?.ready === true ? pod.ports.get(target) : undefined;
    return port === undefined ? [] : { host: "127.0.0.1", port };
  });
}

/** The Service that a DNS name of the cluster means: bare, or with its namespace and suffix. */
export function serviceOfName(name: string, namespace: string): string | undefined {
  const [service = "", ...rest] = name.split(".");
  const suffixes = ["", namespace, `${namespace}.svc`, `${namespace}.svc.cluster.local`];
  return suffixes.includes(rest.join(".")) ? service : undefined;
}
