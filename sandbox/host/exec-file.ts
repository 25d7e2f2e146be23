import * as childProcess from "node:child_process";
import type { Command } from "./run-command.ts";

export interface ExecFileOptions {
  /** @default - the environment of this process */
  readonly env?: Readonly<Record<string, string>>;

  /** @default - the caller's working folder */
  readonly cwd?: string;

  /** The program is killed after so long. @default - no limit */
  readonly timeoutMs?: number;
}

/** Standard output of a short command; rejects where it cannot be started, fails or takes too long. */
export function execFile(
  [program, ...args]: Command,
  { env, cwd, timeoutMs = 0 }: ExecFileOptions = {},
): Promise<string> {
  const options = {
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    ...(env && { env }),
    ...(cwd !== undefined && { cwd }),
  } as const;
  return new Promise((resolve, reject) => {
    childProcess.execFile(program, args, options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} failed`, { cause: error }));
    });
  });
}
