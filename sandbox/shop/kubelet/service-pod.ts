import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "../clock.ts";
import type { HttpCall } from "../http/client.ts";
import { createHttpCall } from "../http/client.ts";
import type { Listener } from "../../http/listener.ts";
import { listen } from "../../http/listener.ts";
import type { RandomBytes } from "../pod/identity.ts";
import { objectIds } from "../pod/identity.ts";
import type { ImageTraits } from "../images.ts";
import type { RecordEvent } from "../ledger.ts";
import type { PodSpec, PodState, RunningPod } from "../pod/running-pod.ts";
import type { PodLog } from "../pod/pod-log.ts";
import type { Probe } from "../pod/probes.ts";
import { runProbes } from "../pod/probes.ts";
import { programOf } from "../services/programs.ts";
import type { Service, ServiceDeps } from "../services/service.ts";
import { ProcessExit } from "../services/service.ts";
import type { Connect } from "../stores/stores.ts";

export interface ServicePodArgs {
  readonly image: ImageTraits;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly lines: PodLog;
  readonly call: HttpCall;
  readonly connect: Connect;
  readonly record: RecordEvent;
  readonly onChange: (state: PodState) => void;
}

/** Called with what escaped from a pod's code; ends that pod's container alone. */
type Crash = (error: unknown) => void;

/** Whose code is running: the process asks it when an exception has escaped. */
const runningPod = new AsyncLocalStorage<Crash>();

/**
 * Hands an exception that nobody caught to the pod it escaped from. Returns false where it belongs
 * to no pod: the process then has to end.
 */
export function crashPod(error: unknown): boolean {
  const crash = runningPod.getStore();
  crash?.(error);
  return crash !== undefined;
}

/** Pauses before a container that ended is started again, in milliseconds; the last one repeats. */
const BACKOFF_MS = [0, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000] as const;

/** Pause before a container restarts, by the number of its restarts so far. */
export function restartDelay(restarts: number): number {
  return BACKOFF_MS[Math.min(restarts, BACKOFF_MS.length - 1)] ?? 0;
}

/** One life of the program: from its start to its end. */
interface Container {
  readonly abort: AbortController;
  service?: Service;
  listener?: Listener;
  stopProbes?: () => void;
}

/** Runs the program of a pod and starts it again whenever it ends. */
export async function runServicePod(spec: PodSpec, args: ServicePodArgs): Promise<RunningPod> {
  const program = programOf(args.image.program);
  if (program === undefined) {
    throw new Error(`the sandbox has no stand-in for the program of image "${spec.image}"`);
  }
  let state: PodState = { ready: false, restarts: 0, waiting: "ContainerCreating" };
  let container: Container = { abort: new AbortController() };
  let stopped = false;
  let cancelRestart = (): void => undefined;

  const change = (next: PodState): void => {
    state = next;
    args.onChange(next);
  };
  const launch = async (): Promise<void> => {
    const current: Container = { abort: new AbortController() };
    container = current;
    const crash: Crash = (error) => {
      if (current.abort.signal.aborted) return;
      writeLastWords(args.lines, error);
      void endContainer(current);
      const { restarts } = state;
      change({ ready: false, restarts: restarts + 1, waiting: "CrashLoopBackOff" });
      cancelRestart = args.clock.after(restartDelay(restarts), () => void launch());
    };
    const becomeReady = (ready: boolean): void => {
      if (!current.abort.signal.aborted) change({ ready, restarts: state.restarts });
    };
    await runningPod.run(crash, () =>
      startContainer(current, { spec, args, program, crash, becomeReady }).catch(crash),
    );
  };
  await launch();

  return {
    podName: spec.podName,
    lines: args.lines,
    store: undefined,
    get state() {
      return state;
    },
    get containerPort() {
      return container.service?.containerPort ?? 0;
    },
    get ports() {
      const { service, listener, abort } = container;
      const open = service !== undefined && listener !== undefined && !abort.signal.aborted;
      return new Map(open ? [[service.containerPort, listener.port]] : []);
    },
    stop: async () => {
      if (stopped) return;
      stopped = true;
      cancelRestart();
      container.service?.stop?.();
      await endContainer(container);
    },
  };
}

interface StartArgs {
  readonly spec: PodSpec;
  readonly args: ServicePodArgs;
  readonly program: (deps: ServiceDeps) => Service;
  readonly crash: Crash;
  readonly becomeReady: (ready: boolean) => void;
}

async function startContainer(container: Container, start: StartArgs): Promise<void> {
  const { spec, args, program, crash } = start;
  const { image, clock, random, lines, call, connect, record } = args;
  const newObjectId = objectIds(clock, random);
  const { env } = spec;
  const deps = { image, clock, random, newObjectId, call, connect, record, env, args: spec.args };
  const service = program({ ...deps, log: lines.write });
  container.service = service;

  const ended = (): boolean => container.abort.signal.aborted;

  const open = async (): Promise<void> => {
    if (ended()) return;
    const listener = await listen({
      handle: (request) => runningPod.run(crash, () => service.handle(request)),
      onFault: crash,
    });
    if (ended()) {
      await listener.close();
      return;
    }
    container.listener = listener;
    service.start?.();
    watchHealth(container, listener.port, start);
  };
  if (service.boot === undefined) await open();
  else service.boot(container.abort.signal).then(open).catch(crash);
}

/** Without a readiness probe a container is ready as soon as it runs. */
function watchHealth(
  container: Container,
  port: number,
  { spec, args, crash, becomeReady }: StartArgs,
): void {
  const call = createHttpCall(() => ({ host: "127.0.0.1", port }));
  const get = async ({ path }: Probe): Promise<number> =>
    (await call({ url: `http://${spec.podName}${path}` })).status;
  const ready = !spec.probes.some(({ kind }) => kind === "readiness");
  if (ready) becomeReady(true);
  container.stopProbes = runProbes(spec.probes, {
    clock: args.clock,
    get,
    report: ({ kind, passing }) => {
      if (kind === "readiness") becomeReady(passing);
      else if (!passing) crash(new ProcessExit(137, `the ${kind} probe failed`));
    },
  });
}

async function endContainer({ abort, stopProbes, listener }: Container): Promise<void> {
  abort.abort();
  stopProbes?.();
  await listener?.close();
}

/** What the program says as it ends; a fault of the stand-in itself says that it is one. */
function writeLastWords(lines: PodLog, error: unknown): void {
  if (error instanceof ProcessExit) lines.write("stderr", error.message);
  else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    lines.write("stderr", `fault of the sandbox's stand-in: ${text}`);
  }
}
