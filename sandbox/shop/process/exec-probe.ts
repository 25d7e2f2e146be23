import { execFile } from "node:child_process";
import type { Command } from "../../host/run-command.ts";

/** What a probe's program runs in: that of the container. */
export interface ExecPlace {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeoutSeconds: number;
}

/**
 * Runs the program of a probe inside of what stands for its container. Rejects where it cannot be
 * started, fails, or takes too long; what it prints goes nowhere, as with a kubelet.
 */
export async function execProbe([program, ...args]: Command, place: ExecPlace): Promise<void> {
  const { env, cwd, timeoutSeconds } = place;
  const options = { env, cwd, timeout: timeoutSeconds * 1000, killSignal: "SIGKILL" } as const;
  await new Promise<void>((resolve, reject) => {
    execFile(program, args, options, (error) => {
      if (error === null) resolve();
      else reject(new Error(`${program} failed`, { cause: error }));
    });
  });
}
