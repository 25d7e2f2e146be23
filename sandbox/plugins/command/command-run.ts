import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { PluginError } from "../grpc/plugin-error.ts";
import type { CommandInputs, Logging } from "./command-inputs.ts";

/** What a command printed, without the last line feed. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** The surroundings of a command. */
export interface RunContext {
  readonly env: Readonly<Record<string, string | undefined>>;

  /** Folder for commands without `dir`. */
  readonly cwd: string;
  readonly signal: AbortSignal;

  /** Called with each printed line that `logging` lets through; absent where none may be shown. */
  readonly log?: (line: string) => void;

  /** Whether an input is secret, so that a failure must not repeat what was printed. */
  readonly secret: boolean;
}

// Enough of a failed command's words to see why, in one message.
const SHOWN_CHARACTERS = 2000;

/**
 * Runs a command line as the official command plugin does: by `/bin/sh -c` unless an interpreter is
 * named, with the previous output in `PULUMI_COMMAND_STDOUT` and `PULUMI_COMMAND_STDERR`.
 *
 * @throws PluginError when it cannot be started, is cancelled, or ends with another code than 0
 */
export async function runCommand(
  line: string,
  inputs: CommandInputs,
  previous: CommandOutput,
  context: RunContext,
): Promise<CommandOutput> {
  const [program = "/bin/sh", ...args] = inputs.interpreter ?? ["/bin/sh", "-c"];
  const child = spawn(program, [...args, line], {
    cwd: inputs.dir ?? context.cwd,
    env: commandEnvironment(inputs, previous, context.env),
    signal: context.signal,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = endOf(child);
  // A command that does not read its input closes the pipe early, which is no failure.
  child.stdin.on("error", () => undefined);
  child.stdin.end(inputs.stdin ?? "");
  const shown = shownStreams(inputs.logging);
  const printed = {
    stdout: collect(child.stdout, shown.stdout ? context.log : undefined),
    stderr: collect(child.stderr, shown.stderr ? context.log : undefined),
  };
  const failure = await ended;
  const [stdout, stderr] = [printed.stdout.join(""), printed.stderr.join("")];
  if (failure !== undefined) {
    throw new PluginError(failureText(failure, `${stdout}${stderr}`, context.secret));
  }
  return { stdout: withoutLastLineFeed(stdout), stderr: withoutLastLineFeed(stderr) };
}

/** The variables of a command: ours, then the user's, then its own previous output. */
function commandEnvironment(
  inputs: CommandInputs,
  previous: CommandOutput,
  base: RunContext["env"],
): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = { ...base, ...inputs.environment };
  if (inputs.addPreviousOutputInEnv === false) return env;
  if (previous.stdout !== "") env["PULUMI_COMMAND_STDOUT"] = previous.stdout;
  if (previous.stderr !== "") env["PULUMI_COMMAND_STDERR"] = previous.stderr;
  return env;
}

function shownStreams(logging: Logging = "stdoutAndStderr") {
  return {
    stdout: logging === "stdout" || logging === "stdoutAndStderr",
    stderr: logging === "stderr" || logging === "stdoutAndStderr",
  };
}

function endOf(child: ReturnType<typeof spawn>): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on("error", (error) => {
      resolve(`cannot run the command: ${error.message}`);
    });
    child.on("close", (code, signal) => {
      if (code === 0) resolve(undefined);
      else resolve(`the command ended with ${signal ?? `exit code ${code ?? "unknown"}`}`);
    });
  });
}

/** The list grows until the stream ends. */
function collect(stream: Readable, log: RunContext["log"]): readonly string[] {
  const chunks: string[] = [];
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => chunks.push(chunk));
  if (log !== undefined) createInterface({ input: stream }).on("line", log);
  return chunks;
}

/** The command's own words may hold a secret that it was given: then they are kept back. */
function failureText(failure: string, printed: string, secret: boolean): string {
  if (secret) return `${failure} (its output is not shown: the inputs hold a secret)`;
  const words = printed.trim().slice(-SHOWN_CHARACTERS);
  return words === "" ? failure : `${failure}: ${words}`;
}

function withoutLastLineFeed(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}
