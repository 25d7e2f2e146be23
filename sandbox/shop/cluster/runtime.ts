import type { V1EndpointSlice, V1Pod, V1Service } from "@kubernetes/client-node";
import type { PodReport, RouteReport } from "../control-app.ts";
import type { Resolve } from "../http/address.ts";
import { connectionRefused, nameNotFound } from "../http/address.ts";
import type { RecordEvent } from "../ledger.ts";
import type { LogLine } from "../pod-log.ts";
import type { PodState, PodSurroundings, RunningPod } from "../pod.ts";
import type { Connect, StoreName, Stores } from "../stores/stores.ts";
import type { LocalPod } from "./routes.ts";
import { endpointPorts, readyPodsOf, routesOf, serviceOfName, shouldRun } from "./routes.ts";
import type { Switchboard } from "./switchboard.ts";

/** The part of the cluster that the shop follows. */
export interface ClusterView {
  readonly pods: readonly V1Pod[];
  readonly services: readonly V1Service[];
  readonly slices: readonly V1EndpointSlice[];
}

export interface RuntimeArgs {
  readonly namespace: string;
  readonly record: RecordEvent;
  readonly switchboard: Switchboard;
  /** Starts the program of a pod; rejects with one line where it cannot. */
  readonly start: (pod: V1Pod, surroundings: PodSurroundings) => Promise<RunningPod>;
  /** Hears what became of a pod's container. */
  readonly onState: (pod: V1Pod, state: PodState) => void;
  /** Pause before a pod that could not be started is tried again, in milliseconds. */
  readonly retryMs?: number;
}

/** The shop's pods and addresses on this machine. */
export interface Runtime {
  /** Makes pods and addresses what the cluster says. Resolves when they are. */
  apply(view: ClusterView): Promise<void>;
  pods(): readonly PodReport[];
  routes(): readonly RouteReport[];
  lines(podName: string): readonly LogLine[] | undefined;
  readonly resolve: Resolve;
  readonly connect: Connect;
  close(): Promise<void>;
}

/** A pod of the cluster and its program here. */
interface Entry {
  readonly pod: V1Pod;
  running?: RunningPod;
  problem?: string;
  removed: boolean;
  retry?: NodeJS.Timeout;
}

const RETRY_MS = 2_000;

export function createRuntime(args: RuntimeArgs): Runtime {
  const { namespace, switchboard } = args;
  const entries = new Map<string, Entry>();
  const work = new Set<Promise<void>>();
  let view: ClusterView = { pods: [], services: [], slices: [] };

  const track = (task: Promise<void>): void => {
    const tracked = task.finally(() => work.delete(tracked));
    work.add(tracked);
  };
  const reroute = (): void => {
    track(switchboard.set(routesOf(view.services, view.slices, localPods(entries))));
  };
  const resolve: Resolve = (name, port) => {
    requireService(view, namespace, name);
    const address = switchboard.addressOf(serviceOfName(name, namespace) ?? name, port);
    if (address === undefined) throw connectionRefused({ host: name, port });
    return address;
  };
  const connect: Connect = (kind, host = kind) => {
    const service = requireService(view, namespace, host);
    const store = openStore(view, entries, { kind, service });
    if (store === undefined) throw connectionRefused({ host, port: servicePort(view, service) });
    return store;
  };

  const start = async (entry: Entry): Promise<void> => {
    const onChange = (state: PodState): void => {
      args.onState(entry.pod, state);
      reroute();
    };
    try {
      const running = await args.start(entry.pod, {
        resolve,
        connect,
        record: args.record,
        onChange,
      });
      entry.running = running;
      delete entry.problem;
      if (entry.removed) await running.stop();
      else reroute();
    } catch (error) {
      entry.problem = error instanceof Error ? error.message : String(error);
      if (entry.removed) return;
      entry.retry = setTimeout(() => {
        track(start(entry));
      }, args.retryMs ?? RETRY_MS);
    }
  };
  const remove = async (uid: string, entry: Entry): Promise<void> => {
    entries.delete(uid);
    entry.removed = true;
    clearTimeout(entry.retry);
    await entry.running?.stop();
  };
  const idle = async (): Promise<void> => {
    while (work.size > 0) await Promise.all(work);
  };

  return {
    resolve,
    connect,
    apply: async (next) => {
      view = next;
      const wanted = new Map(next.pods.filter(shouldRun).map((pod) => [uidOf(pod), pod]));
      for (const [uid, entry] of entries) if (!wanted.has(uid)) track(remove(uid, entry));
      for (const [uid, pod] of wanted) {
        if (entries.has(uid)) continue;
        const entry: Entry = { pod, removed: false };
        entries.set(uid, entry);
        track(start(entry));
      }
      reroute();
      await idle();
    },
    pods: () => [...entries.values()].map(podReport),
    routes: () => routeReports(view, entries, switchboard),
    lines: (name) =>
      [...entries.values()].find(({ pod }) => pod.metadata?.name === name)?.running?.lines.recent(),
    close: async () => {
      view = { pods: [], services: [], slices: [] };
      for (const [uid, entry] of entries) track(remove(uid, entry));
      await idle();
      await switchboard.close();
    },
  };
}

function uidOf({ metadata }: V1Pod): string {
  return metadata?.uid ?? metadata?.name ?? "";
}

function localPods(entries: ReadonlyMap<string, Entry>): ReadonlyMap<string, LocalPod> {
  const local = new Map<string, LocalPod>();
  for (const [uid, { running }] of entries) {
    if (running === undefined) continue;
    const { containerPort, port, state } = running;
    local.set(uid, { containerPort, port, ready: state.ready });
  }
  return local;
}

/** The Service that a name means; throws what a resolver throws where there is none. */
function requireService(view: ClusterView, namespace: string, name: string): string {
  const service = serviceOfName(name, namespace);
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
  entries: ReadonlyMap<string, Entry>,
  { kind, service }: { readonly kind: Name; readonly service: string },
): Stores[Name] | undefined {
  const ports = endpointPorts(service, slices);
  for (const uid of readyPodsOf(service, slices)) {
    const entry = entries.get(uid);
    const running = entry?.running;
    const isKind = entry?.pod.metadata?.labels?.["name"] === kind;
    if (isKind && running?.state.ready === true && ports.includes(running.containerPort)) {
      return running.store as Stores[Name] | undefined;
    }
  }
  return undefined;
}

function podReport({ pod, running, problem }: Entry): PodReport {
  const reason = problem ?? running?.state.waiting;
  return {
    name: pod.metadata?.name ?? "",
    workload: pod.metadata?.labels?.["name"] ?? "",
    image: pod.spec?.containers[0]?.image ?? "",
    ready: running?.state.ready ?? false,
    restarts: running?.state.restarts ?? 0,
    ...(reason === undefined ? {} : { problem: reason }),
  };
}

function routeReports(
  { services, slices }: ClusterView,
  entries: ReadonlyMap<string, Entry>,
  switchboard: Switchboard,
): readonly RouteReport[] {
  return routesOf(services, slices, localPods(entries)).map(({ service, port, backends }) => {
    const stores = readyPodsOf(service, slices).filter((uid) => entries.get(uid)?.running?.store);
    const address = switchboard.addressOf(service, port);
    return {
      service,
      port,
      address:
        stores.length > 0 || address === undefined
          ? "in the shop's own process"
          : `${address.host}:${address.port}`,
      endpoints: backends.length + stores.length,
    };
  });
}
