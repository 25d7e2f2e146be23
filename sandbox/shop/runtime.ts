import type { PodReport, RouteReport } from "./control-app.ts";
import type { Resolve } from "./http/address.ts";
import { connectionRefused, nameNotFound } from "./http/address.ts";
import type { RecordEvent } from "./ledger.ts";
import type { LogLine } from "./pod/pod-log.ts";
import type { Connect, StoreName, Stores } from "./stores/stores.ts";
import { identify } from "../kube/objects.ts";
import type { PodPool, PodPoolArgs, PoolEntry } from "./kubelet/pod-pool.ts";
import { createPodPool, podReport } from "./kubelet/pod-pool.ts";
import type { LocalPod } from "./kube-proxy/routes.ts";
import { endpointPorts, readyPodsOf, routesOf, serviceOfName } from "./kube-proxy/routes.ts";
import type { ClusterView } from "../kube/cluster-view.ts";
import type { ServiceProxies } from "./kube-proxy/service-proxies.ts";

export interface RuntimeArgs extends Pick<PodPoolArgs, "onState" | "start"> {
  readonly record: RecordEvent;
  readonly serviceProxies: ServiceProxies;
  /** @default 2000 */
  readonly retryMs?: number;
}

/** The shop's pods and addresses on this machine. */
export interface Runtime {
  /** Makes pods and addresses what the cluster says. Resolves when they are. */
  readonly follow: (view: ClusterView) => Promise<void>;
  readonly pods: () => readonly PodReport[];
  readonly routes: () => readonly RouteReport[];
  /** Newest lines of a pod; undefined for an unknown one. */
  readonly lines: (podName: string) => readonly LogLine[] | undefined;
  readonly resolve: Resolve;
  readonly connect: Connect;
  readonly close: () => Promise<void>;
}

const nothing: ClusterView = { namespace: "", pods: [], services: [], slices: [] };

export function createRuntime(args: RuntimeArgs): Runtime {
  const { serviceProxies, record } = args;
  let view = nothing;

  const resolve: Resolve = (name, port) => {
    const address = serviceProxies.addressOf(requireService(view, name), port);
    if (address === undefined) throw connectionRefused({ host: name, port });
    return address;
  };
  const connect: Connect = (kind, host = kind) => {
    const service = requireService(view, host);
    const store = openStore(view, pool, { kind, service });
    if (store === undefined) throw connectionRefused({ host, port: servicePort(view, service) });
    return store;
  };
  let rerouted = Promise.resolve();
  const reroute = (): void => {
    rerouted = serviceProxies.set(routesOf(view.services, view.slices, localPods(pool)));
  };
  const pool = createPodPool({
    start: args.start,
    onState: args.onState,
    onChange: reroute,
    podContext: { resolve, connect, record },
    retryMs: args.retryMs ?? 2_000,
  });
  const follow = async (next: ClusterView): Promise<void> => {
    view = next;
    pool.sync(next.pods);
    reroute();
    await pool.idle();
    await rerouted;
  };
  const entries = (): readonly PoolEntry[] => [...pool.entries().values()];

  return {
    resolve,
    connect,
    follow,
    pods: () => {
      const latest = new Map(view.pods.map((pod) => [identify(pod).uid, pod]));
      return entries().map((entry) => podReport(entry, latest.get(identify(entry.pod).uid)));
    },
    routes: () => routeReports(view, pool, serviceProxies),
    lines: (name) => {
      const entry = entries().find(({ pod }) => identify(pod).name === name);
      return entry?.running?.lines.recent();
    },
    close: async () => {
      await follow(nothing);
      await serviceProxies.close();
    },
  };
}

function localPods(pool: PodPool): ReadonlyMap<string, LocalPod> {
  const local = new Map<string, LocalPod>();
  for (const [uid, { running }] of pool.entries()) {
    if (running === undefined) continue;
    local.set(uid, { ports: running.ports, ready: running.state.ready });
  }
  return local;
}

/** The Service that a name means; throws what a resolver throws where there is none. */
function requireService(view: ClusterView, name: string): string {
  const service = serviceOfName(name, view.namespace);
  const known = view.services.some(({ metadata }) => metadata?.name === service);
  if (service === undefined || !known) throw nameNotFound(name);
  return service;
}

function servicePort({ services }: ClusterView, service: string): number {
  const found = services.find(({ metadata }) => metadata?.name === service);
  return found?.spec?.ports?.[0]?.port ?? 0;
}

function openStore<Name extends StoreName>(
  { slices }: ClusterView,
  pool: PodPool,
  { kind, service }: { readonly kind: Name; readonly service: string },
): Stores[Name] | undefined {
  const ports = endpointPorts(service, slices);
  for (const uid of readyPodsOf(service, slices)) {
    const entry = pool.entries().get(uid);
    if (entry?.running?.state.ready !== true || identify(entry.pod).workload !== kind) continue;
    const { store, containerPort } = entry.running;
    if (ports.includes(containerPort)) return store as Stores[Name] | undefined;
  }
  return undefined;
}

/** The state of the forwarders themselves, not of what they should do. */
function routeReports(
  { services, slices }: ClusterView,
  pool: PodPool,
  serviceProxies: ServiceProxies,
): readonly RouteReport[] {
  return services.flatMap((service) => {
    const name = service.metadata?.name ?? "";
    const stores = readyPodsOf(name, slices).filter(
      (uid) => pool.entries().get(uid)?.running?.store,
    );
    return (service.spec?.ports ?? []).map(({ port }) => {
      const address = serviceProxies.addressOf(name, port);
      const inProcess = stores.length > 0 || address === undefined;
      return {
        service: name,
        port,
        address: inProcess ? "in the shop's own process" : `${address.host}:${address.port}`,
        endpoints: serviceProxies.endpointsOf(name, port).length + stores.length,
      };
    });
  });
}
