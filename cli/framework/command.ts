import type { Context } from "../context/context.ts";

/** What a shell offers while a value is typed: words, or the names of files. */
export type Suggestions = "files" | ((context: Context) => readonly string[]);

/** An option of a command, and what it becomes. */
export interface Option<Value> {
  /** One letter. */
  readonly short?: string;
  /** Name of the value in the help; absent for a flag. */
  readonly placeholder?: string;
  readonly help: string;
  readonly suggestions?: Suggestions;
  /**
   * What the command gets: of a flag for `true`, of a value for its text, of both for `undefined`
   * where the option is not given.
   *
   * @throws UsageFailure if the text is no such value
   */
  readonly read: (given: string | true | undefined) => Value;
}

/** A word, or words, that follow the name of a command. */
export interface Argument<Value> {
  /** One word that must follow, any number of words, or all words after `--`. */
  readonly kind: "required" | "variadic" | "passthrough";
  readonly placeholder: string;
  readonly help: string;
  readonly suggestions?: Suggestions;
  /** @throws UsageFailure if the words are no such value */
  readonly read: (words: readonly string[]) => Value;
}

type Options = Readonly<Record<string, Option<unknown>>>;
type Arguments = Readonly<Record<string, Argument<unknown>>>;

/** What `run` gets: the value of each argument and of each option by its name. */
type Given<Parts> = {
  readonly [Name in keyof Parts]: Parts[Name] extends Option<infer Value>
    ? Value
    : Parts[Name] extends Argument<infer Value>
      ? Value
      : never;
};

interface Description {
  /** Words that select it, for instance `incident enter`. */
  readonly name: string;
  readonly summary: string;
  readonly details?: string;
  readonly examples: readonly (readonly [command: string, what: string])[];
}

interface Definition<A extends Arguments, O extends Options> extends Description {
  readonly arguments?: A;
  /** By name: `dryRun` is typed as `--dry-run`. */
  readonly options: O;
  /**
   * Imports what it runs only then: help and completion load every definition.
   *
   * @returns the exit code
   */
  run(given: Given<A> & Given<O>, context: Context): Promise<number>;
}

/** One verb of `lab`; what it takes is known to `defineCommand` and to the parser alone. */
export interface Command extends Description {
  readonly arguments: Arguments;
  readonly options: Options;
  /** @returns the exit code */
  run(given: Readonly<Record<string, unknown>>, context: Context): Promise<number>;
}

/** A command whose `run` gets exactly what its arguments and options read. */
export function defineCommand<const A extends Arguments, const O extends Options>(
  definition: Definition<A, O>,
): Command {
  return {
    arguments: {},
    ...definition,
    // the parser reads every part of the definition
    run: (given, context) => definition.run(given as Given<A> & Given<O>, context),
  };
}

/** An option without a value. */
export function flag(help: string): Option<boolean> {
  return { help, read: (given) => given === true };
}

type ValueParts = Pick<Option<unknown>, "short" | "help" | "suggestions"> & {
  readonly placeholder: string;
};

/** An option with a value; `read` gets its text, or undefined. */
export function option<Value>(
  parts: ValueParts & { readonly read: (text: string | undefined) => Value },
): Option<Value> {
  return { ...parts, read: (given) => parts.read(given === true ? undefined : given) };
}

type ArgumentParts = Pick<Argument<unknown>, "placeholder" | "help" | "suggestions">;

/** One word that must follow. */
export function argument<Value>(
  parts: ArgumentParts & { readonly read: (text: string) => Value },
): Argument<Value> {
  return { ...parts, kind: "required", read: ([word = ""]) => parts.read(word) };
}

/** Any number of words that may follow. */
export function variadicArgument(parts: ArgumentParts): Argument<readonly string[]> {
  return { ...parts, kind: "variadic", read: (words) => words };
}

/** All words after `--`. */
export function passthroughArgument(parts: ArgumentParts): Argument<readonly string[]> {
  return { ...parts, kind: "passthrough", read: (words) => words };
}

/** `dryRun` as it is typed: `--dry-run`. */
export function optionFlag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
