/** A program with its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** How a command ended. `code` is undefined when it was ended by a signal or never started. */
export interface RunResult {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

interface RunOptions {
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;

  /** @default - the caller's working folder */
  readonly cwd?: string;

  /** Ends the command. */
  readonly signal?: AbortSignal;

  /** Called with each line of standard error as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a command to its end; never throws, see `RunResult.code`. */
export type Run = (command: Command, options: RunOptions) => Promise<RunResult>;

/** The `Run` that really runs. */
export const run: Run = async ([program, ...args], options) => {
  // loading it takes longer than the rest of a `lab up` that runs no command
  const { execa } = await import("execa");
  const child = execa(program, args, {
    env: options.env,
    extendEnv: false,
    timeout: options.timeoutMs,
    forceKillAfterDelay: 5_000,
    reject: false,
    stdin: "ignore",
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.signal && { cancelSignal: options.signal }),
  });
  const { onLine } = options;
  if (onLine) void reportLines(child.iterable({ from: "stderr" }), onLine);
  const result = await child;
  return {
    code: result.exitCode,
    stdout: result.stdout,
    stderr: (result.exitCode === undefined ? result.shortMessage : result.stderr) ?? "",
    timedOut: result.timedOut,
  };
};

/** The last line of a command's output that is not blank, for a one-line message. */
export function lastWords(result: RunResult): string {
  const lines = `${result.stdout}\n${result.stderr}`.split("\n").map((line) => line.trim());
  return lines.findLast((line) => line !== "") ?? "no output";
}

async function reportLines(
  lines: AsyncIterable<unknown>,
  onLine: (line: string) => void,
): Promise<void> {
  try {
    for await (const line of lines) onLine(String(line));
  } catch {
    // the command failed, which its result says
  }
}
