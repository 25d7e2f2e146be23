import type { PodReport } from "../control-app.ts";
import type { PodState, PodContext, RunningPod } from "../pod/running-pod.ts";
import type { Pod } from "../../kube/objects.ts";
import { identify } from "../../kube/objects.ts";
import { knownStatus } from "./pod-status.ts";
import { shouldRun } from "../kube-proxy/routes.ts";

export interface PodPoolArgs {
  /** Starts the program of a pod; rejects with one line where it cannot. */
  readonly start: (pod: Pod, podContext: PodContext) => Promise<RunningPod>;
  readonly podContext: PodContext;
  /** Hears what became of a pod's container. */
  readonly onState: (pod: Pod, state: PodState) => void;
  /** Hears that some pod listens, is ready, or not any more. */
  readonly onChange: () => void;
  /** Pause before a pod that could not be started is tried again, in milliseconds. */
  readonly retryMs: number;
}

/** A pod of the cluster and its program here. */
export interface PoolEntry {
  readonly pod: Pod;
  readonly running: RunningPod | undefined;
  /** Why there is no program. */
  readonly problem: string | undefined;
}

/** The programs of the cluster's pods. */
export interface PodPool {
  /** Starts and ends programs until exactly those of the given pods run; does not wait for them. */
  sync(pods: readonly Pod[]): void;
  /** By uid. */
  entries(): ReadonlyMap<string, PoolEntry>;
  /** Resolves when no start and no end is under way. */
  idle(): Promise<void>;
}

interface Slot {
  readonly pod: Pod;
  running: RunningPod | undefined;
  problem: string | undefined;
  removed: boolean;
  retry: NodeJS.Timeout | undefined;
}

export function createPodPool(args: PodPoolArgs): PodPool {
  const slots = new Map<string, Slot>();
  const work = new Set<Promise<void>>();
  const track = (task: Promise<void>): void => {
    const tracked = task.finally(() => work.delete(tracked));
    work.add(tracked);
  };

  const start = async (slot: Slot): Promise<void> => {
    const onChange = (state: PodState): void => {
      args.onState(slot.pod, state);
      args.onChange();
    };
    try {
      const running = await args.start(slot.pod, { ...args.podContext, onChange });
      slot.running = running;
      slot.problem = undefined;
      if (slot.removed) await running.stop();
      else args.onChange();
    } catch (error) {
      slot.problem = error instanceof Error ? error.message : String(error);
      if (slot.removed) return;
      slot.retry = setTimeout(() => {
        track(start(slot));
      }, args.retryMs);
    }
  };
  const remove = async (uid: string, slot: Slot): Promise<void> => {
    slots.delete(uid);
    slot.removed = true;
    clearTimeout(slot.retry);
    await slot.running?.stop();
  };

  return {
    sync: (pods) => {
      const wanted = new Map(pods.filter(shouldRun).map((pod) => [identify(pod).uid, pod]));
      for (const [uid, slot] of slots) if (!wanted.has(uid)) track(remove(uid, slot));
      for (const [uid, pod] of wanted) {
        if (slots.has(uid)) continue;
        const slot: Slot = {
          pod,
          running: undefined,
          problem: undefined,
          removed: false,
          retry: undefined,
        };
        slots.set(uid, slot);
        track(start(slot));
      }
    },
    entries: () => slots,
    idle: async () => {
      while (work.size > 0) await Promise.all(work);
    },
  };
}

/**
 * The pod as the control address shows it.
 *
 * @param latest what the cluster says of it now; the entry's own is of its start
 */
export function podReport({ pod, running, problem }: PoolEntry, latest = pod): PodReport {
  const { name, workload, container } = identify(pod);
  const { ready, restarts, waiting } = running?.state ?? { ready: false, restarts: 0 };
  const reason = problem ?? waiting;
  return {
    name,
    workload,
    image: container.image ?? "",
    ready,
    settled: ready && knownStatus(latest)?.ready === true,
    restarts,
    ...(reason === undefined ? {} : { problem: reason }),
  };
}
