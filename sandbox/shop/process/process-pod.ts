import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execFile } from "../../host/exec-file.ts";
import { freePort } from "../../host/ports.ts";
import type { ProcessDirs } from "../../host/processes.ts";
import type { Clock } from "../clock.ts";
import type { Resolve } from "../http/address.ts";
import { createHttpCall } from "../http/client.ts";
import type { PodProcess, PodState, RunningPod } from "../pod/running-pod.ts";
import type { PodLog } from "../pod/pod-log.ts";
import type { Probe } from "../pod/probes.ts";
import { runProbes } from "../pod/probes.ts";
import { restartDelay } from "../kubelet/service-pod.ts";
import type { Launch } from "./launch.ts";
import { launchOf } from "./launch.ts";
import type { OsProcess } from "./os-process.ts";
import { startOsProcess } from "./os-process.ts";
import { localPath, placeVolumes } from "./pod-files.ts";
import type { ProcessSpec } from "./process-spec.ts";
import { assertVersion } from "./process-spec.ts";

/** Where processes of pods live on this machine. */
export interface ProcessPlace extends ProcessDirs {
  /** Folder of the pods' files, one folder each. */
  readonly podsDir: string;
  /** Folder of the real programs. */
  readonly toolsDir: string;
}

export interface ProcessPodArgs {
  readonly place: ProcessPlace;
  readonly clock: Clock;
  readonly lines: PodLog;
  readonly resolve: Resolve;
  readonly onChange: (state: PodState) => void;
}

/** One life of the process. */
interface Life {
  readonly process: OsProcess;
  readonly ports: ReadonlyMap<number, number>;
  over: boolean;
}

/**
 * Runs the real program of a pod and does with its end what the pod's restart policy says. Rejects
 * with one line where it cannot be started.
 */
export async function runProcessPod(spec: ProcessSpec, args: ProcessPodArgs): Promise<RunningPod> {
  assertVersion(spec.program, spec.image);
  const root = join(args.place.podsDir, `${spec.namespace}_${spec.podName}`);
  let state: PodState = { ready: false, restarts: 0, waiting: "ContainerCreating" };
  let life: Life | undefined;
  let stopped = false;
  let starting = Promise.resolve();
  let cancelRestart = (): void => undefined;

  const change = (next: PodState): void => {
    state = next;
    args.onChange(next);
  };
  const restartLater = (): void => {
    const { restarts } = state;
    change({ ready: false, restarts: restarts + 1, waiting: "CrashLoopBackOff" });
    cancelRestart = args.clock.after(restartDelay(restarts), () => {
      starting = start().catch((error: unknown) => {
        args.lines.write("stderr", `the sandbox cannot start it: ${(error as Error).message}`);
        if (!stopped) restartLater();
      });
    });
  };
  const onEnd = (known: PodProcess, exitCode: number): void => {
    if (stopped) return;
    if (runsAgain(spec, exitCode)) restartLater();
    else change({ ...state, ready: false, process: endOf(known, exitCode) });
  };
  const start = async (): Promise<void> => {
    await startLife(spec, args, root, {
      onStart: (started) => (life = started),
      onReady: (known, ready) => {
        change({ ready, restarts: state.restarts, process: known });
      },
      onEnd,
    });
  };
  await start();

  return {
    podName: spec.podName,
    lines: args.lines,
    store: undefined,
    containerPort: 0,
    get state() {
      return state;
    },
    get ports() {
      return life === undefined || life.over ? new Map<number, number>() : life.ports;
    },
    stop: async () => {
      stopped = true;
      cancelRestart();
      await starting;
      await life?.process.stop(spec.graceSeconds * 1000);
      await rm(root, { recursive: true, force: true });
    },
  };
}

function endOf(known: PodProcess, exitCode: number): PodProcess {
  return { ...known, ended: { exitCode, at: new Date() } };
}

function runsAgain({ restart }: ProcessSpec, exitCode: number): boolean {
  return restart === "Always" || (restart === "OnFailure" && exitCode !== 0);
}

interface LifeEvents {
  /** Comes before all others: who hears those asks for its ports. */
  readonly onStart: (life: Life) => void;
  readonly onReady: (known: PodProcess, ready: boolean) => void;
  readonly onEnd: (known: PodProcess, exitCode: number) => void;
}

async function startLife(
  spec: ProcessSpec,
  args: ProcessPodArgs,
  root: string,
  { onStart, onReady, onEnd }: LifeEvents,
): Promise<void> {
  const { process, commandOf, env, ports } = await launch(spec, args, root);
  const known: PodProcess = { id: `process://${process.pid}`, startedAt: new Date() };
  const life: Life = { process, ports, over: false };
  onStart(life);
  onReady(known, !spec.probes.some(({ kind }) => kind === "readiness"));
  const askPort = askerOf(spec.podName, ports);
  const stopProbes = runProbes(spec.probes, {
    clock: args.clock,
    get: async (probe) => {
      const { command, timeoutSeconds = 1 } = probe;
      if (command === undefined) return await askPort(probe);
      await execFile(commandOf(command), { env, cwd: root, timeoutMs: timeoutSeconds * 1000 });
      return 200;
    },
    report: ({ kind, passing }) => {
      if (kind === "readiness") onReady(known, passing);
      else if (!passing) void process.stop(spec.graceSeconds * 1000);
    },
  });
  void process.ended.then((exitCode) => {
    life.over = true;
    stopProbes();
    onEnd(known, exitCode);
  });
}

async function launch(
  spec: ProcessSpec,
  { place, lines, resolve }: ProcessPodArgs,
  root: string,
): Promise<Launch & { readonly process: OsProcess }> {
  const { toolsDir } = place;
  const launched = await launchOf(spec, { root, toolsDir, resolve, freePort });
  const { command, env, files } = launched;
  await placeVolumes(root, spec.volumes);
  await mkdir(localPath(root, "/tmp"), { recursive: true });
  for (const { path, text } of files) await writeFile(path, text);
  const { podName } = spec;
  const process = await startOsProcess(
    { podName, command, env, cwd: root, write: lines.write },
    place,
  );
  return { ...launched, process };
}

/** Really asks the port that a probe names. */
function askerOf(podName: string, ports: ReadonlyMap<number, number>) {
  return async ({ path, port = 0 }: Probe): Promise<number> => {
    const local = ports.get(port);
    if (local === undefined) throw new Error(`${podName} opens no port ${port}`);
    const call = createHttpCall(() => ({ host: "127.0.0.1", port: local }));
    return (await call({ url: `http://${podName}${path}` })).status;
  };
}
