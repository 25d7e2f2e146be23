import { printable } from "../framework/printable.ts";
import type { Environment, Runner } from "./run-program.ts";
import type { SandboxParts } from "./sandbox.ts";

/** Where text for the user goes. */
interface Output {
  write(text: string): void;
}

/** Everything a command needs from the outside; tests give fakes. */
export interface Context {
  /** Absolute path of the checkout. */
  readonly root: string;

  readonly env: Environment;

  /** Absolute path of the Node that runs us; programs that we start get the same. */
  readonly node: string;

  /** Whether stdout is a terminal. */
  readonly terminal: boolean;

  readonly stdout: Output;
  readonly stderr: Output;

  /** Runs other programs. */
  readonly run: Runner;

  /** Whether a pulumi runs under that pid. */
  readonly runsPulumi: (pid: number) => Promise<boolean>;

  /** Waits. */
  readonly sleep: (ms: number) => Promise<unknown>;

  /** The sandbox's toolchain, cluster and servers. */
  readonly sandbox: SandboxParts;
}

/** One line for the user, with nothing in it that a terminal obeys. */
export function print(context: Context, line = ""): void {
  context.stdout.write(`${printable(line)}\n`);
}
