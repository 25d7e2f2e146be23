import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import type { Command } from "./run-command.ts";

export interface SpawnOptions {
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdio: StdioOptions;

  /** @default - the caller's working folder */
  readonly cwd?: string | undefined;
}

/** Starts a program as the leader of a process group of its own; `processId` says whether it runs. */
export function spawnProcess([program, ...args]: Command, options: SpawnOptions): ChildProcess {
  return spawn(program, args, { ...options, detached: true });
}

/**
 * The pid of a child, once it runs.
 *
 * @throws one line with the system's error code where the program could not be started
 */
export function processId(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(new Error(`cannot start ${child.spawnfile}: ${error.code ?? error.message}`));
    });
    child.once("spawn", () => {
      resolve(child.pid ?? 0);
    });
  });
}
