import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PluginError } from "../grpc/plugin-error.ts";
import type { NodeCommand, ProcessEnd } from "./run-command.ts";

// A process that ignores the first signal must be gone before the engine's own limit of 5 s.
const KILL_AFTER_MS = 3000;

// A program may leave a process behind that holds its output open.
const DRAIN_MS = 500;

/** Where the output of a process goes. */
export interface Output {
  readonly stdout: (chunk: Buffer) => void;
  readonly stderr: (chunk: Buffer) => void;
}

export interface Surroundings {
  /** Absent: the host's own. */
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;

  /** Ends the process: by SIGINT, and by SIGKILL if it does not go. */
  readonly signal: AbortSignal;
}

/** Arguments of node for what is loaded before the program, in this order. */
export const PRELOADED = [
  "../strip-cache.js",
  "./unmapped-stacks.js",
  "./short-stacks.js",
  "./deferred-packages.js",
].flatMap((file) => ["--require", fileURLToPath(new URL(file, import.meta.url))]);

/** Runs the host's own node, so that program and host agree on the version. */
export async function runNode(
  command: NodeCommand,
  surroundings: Surroundings,
  output: Output,
): Promise<ProcessEnd> {
  return runProcess([process.execPath, ...PRELOADED, ...command.args], surroundings, output);
}

/** Runs a command line to its end. */
export async function runProcess(
  [file = "", ...args]: readonly string[],
  { cwd, env, signal }: Surroundings,
  output: Output,
): Promise<ProcessEnd> {
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", output.stdout);
  child.stderr.on("data", output.stderr);
  const stop = () => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const drained = once(child, "close");
  const [code, name] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  signal.removeEventListener("abort", stop);
  await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
  return { code, signal: name };
}

/** Path of a module as the program in `directory` would load it. */
export function locateModule(name: string, directory: string): string {
  try {
    return createRequire(join(directory, "package.json")).resolve(name);
  } catch {
    throw new PluginError(
      `${name} is not installed in ${directory}: run \`pulumi install\` or \`npm install\` there`,
    );
  }
}
