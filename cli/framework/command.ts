import type { Context } from "../context/context.ts";

/** An option of a command. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** Name of the value in the help; absent for a switch. */
  readonly value?: string;
  readonly help: string;
}

/** What the user typed, checked against the command. */
export interface Invocation {
  /** Words after the command's name. */
  readonly words: readonly string[];
  /** Words after `--`. */
  readonly rest: readonly string[];
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

/** One verb of `lab`. */
export interface Command {
  /** Words that select it, for instance `incident enter`. */
  readonly name: string;
  readonly summary: string;
  /** Names of the words that must follow, for instance `<state>`. */
  readonly words: readonly string[];
  /** Name of the words that may follow, as many as one likes; absent where none may. */
  readonly more?: string;
  /** Set when the command takes `-- words…`; its name in the help. */
  readonly rest?: string;
  readonly options: readonly OptionSpec[];
  readonly details?: string;
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** @returns the exit code */
  run(invocation: Invocation, context: Context): Promise<number>;
}

export const helpOption: OptionSpec = { name: "help", short: "h", help: "show this help" };

export const verboseOption: OptionSpec = {
  name: "verbose",
  help: "show where an error comes from",
};

export const stackOption: OptionSpec = {
  name: "stack",
  short: "s",
  value: "name",
  help: "stack to work on (default: sandbox)",
};

export const dryRunOption: OptionSpec = {
  name: "dry-run",
  help: "print the commands instead of running them",
};

export const diffOption: OptionSpec = {
  name: "diff",
  help: "show every property that changes",
};

/** The stack an invocation is about. */
export function stackOf(invocation: Invocation): string {
  return invocation.values.get(stackOption.name) ?? "sandbox";
}
