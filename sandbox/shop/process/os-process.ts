import { constants } from "node:os";
import { createInterface } from "node:readline";
import type { ProcessDirs, ProcessRecord } from "../../host/processes.ts";
import { listProcesses, recordProcess, stopProcess } from "../../host/processes.ts";
import { processIdentity } from "../../host/process-identity.ts";
import { processId, spawnProcess } from "../../host/spawn-process.ts";
import type { LineSink } from "../pod/pod-log.ts";

export interface OsProcessOptions {
  readonly podName: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly write: LineSink;
}

/** A running process in a process group of its own. */
export interface OsProcess {
  readonly pid: number;
  /** Resolves with the exit code, 128 and more for a signal, when its last line was written. */
  readonly ended: Promise<number>;
  /** SIGTERM, SIGKILL after `graceMs`; resolves when nothing of it runs. */
  stop(graceMs: number): Promise<void>;
}

const recordPrefix = "pod-";

/**
 * Starts a process and records it, so that it can be ended even when the shop is gone.
 *
 * @throws one line where the program cannot be started
 */
export async function startOsProcess(
  options: OsProcessOptions,
  dirs: ProcessDirs,
): Promise<OsProcess> {
  const { podName, command, env, cwd, write } = options;
  const child = spawnProcess(command, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of ["stdout", "stderr"] as const) {
    const input = child[stream];
    if (input === null) continue;
    createInterface({ input, crlfDelay: Infinity }).on("line", (line) => {
      write(stream, line);
    });
  }
  const closed = new Promise<number>((resolve) => {
    child.once("close", (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
  child.once("exit", () => {
    killGroup(child.pid);
  });
  const pid = await processId(child);
  const running = { name: recordPrefix + podName, pid, command, group: true };
  const record = await recordProcess(running, dirs).catch(async (error: unknown) => {
    // one that has ended already needs no record
    if ((await processIdentity(pid)) === undefined) return undefined;
    child.kill("SIGKILL");
    throw error;
  });
  const stop = async (graceMs: number): Promise<void> => {
    if (record !== undefined) await stopProcess(record, dirs.runDir, graceMs);
  };
  return { pid, stop, ended: closed.then((code) => stop(0).then(() => code)) };
}

/** The other processes of a container end with its first one. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // nothing is left
  }
}

/** Ends the pod processes of a shop that was killed; returns their names. */
export async function endOrphans(runDir: string): Promise<readonly string[]> {
  const orphans = (await listProcesses(runDir)).filter(isPodProcess);
  await Promise.all(orphans.map((record) => stopProcess(record, runDir)));
  return orphans.map(({ name }) => name);
}

function isPodProcess({ name }: ProcessRecord): boolean {
  return name.startsWith(recordPrefix);
}
