import type { Clock } from "../clock.ts";
import type { Resolve } from "../http/address.ts";
import type { RandomBytes } from "./identity.ts";
import type { RecordEvent } from "../ledger.ts";
import type { PodLog } from "./pod-log.ts";
import type { Probe } from "./probes.ts";
import type { Connect, StoreName, Stores } from "../stores/stores.ts";

/** A pod as the cluster describes it. */
export interface PodSpec {
  /** Name of the Deployment: decides which store a plain `mongo` image is. */
  readonly workload: string;
  readonly image: string;
  readonly podName: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly args: readonly string[];
  readonly probes: readonly Probe[];
  /** Periods of the probes that only open a connection, in seconds. */
  readonly connectionProbes?: readonly number[];
  /** Folders that volumes are mounted on. */
  readonly mounts?: readonly string[];
}

/** What a pod reaches of the rest of the shop. */
export interface PodContext {
  readonly resolve: Resolve;
  readonly connect: Connect;
  readonly record: RecordEvent;
  /** @default - the machine's own time */
  readonly clock?: Clock;
  /** @default - the machine's own randomness */
  readonly random?: RandomBytes;
  /** Hears that the container started, became ready or not, ended. */
  readonly onChange?: (state: PodState) => void;
}

export interface PodState {
  readonly ready: boolean;
  /** Times the container ended and was started again. */
  readonly restarts: number;
  /** Why the container is not running, in the words of a kubelet. */
  readonly waiting?: "CrashLoopBackOff" | "ContainerCreating";
  /** The process of a container that is one, for as long as the cluster should know it. */
  readonly process?: PodProcess;
}

/** A container that is a process of its own. */
export interface PodProcess {
  /** Tells one start from another. */
  readonly id: string;
  readonly startedAt: Date;
  /** Set once it has ended for good. */
  readonly ended?: { readonly exitCode: number; readonly at: Date };
}

export interface RunningPod {
  readonly podName: string;
  /** Port inside of the container, which a Service's target port must name. */
  readonly containerPort: number;
  /** Loopback ports that really listen, by port inside of the container. */
  readonly ports: ReadonlyMap<number, number>;
  /** The store of a database or broker pod. */
  readonly store: Stores[StoreName] | undefined;
  readonly lines: PodLog;
  readonly state: PodState;
  /** Ends the pod at once: closes its port, cuts its connections, drops its data. */
  stop(): Promise<void>;
}
