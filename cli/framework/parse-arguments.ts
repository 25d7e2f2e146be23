import { parseArgs } from "node:util";
import { didYouMean } from "../../settings/did-you-mean.ts";
import { helpOption, verboseOption } from "./command.ts";
import type { Command, Invocation, OptionSpec } from "./command.ts";
import { UsageFailure } from "../context/errors.ts";

type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];
type OptionToken = Extract<Token, { kind: "option" }>;

const everywhere = [helpOption, verboseOption];

/** A command line, split but not yet checked against its command. */
export interface Line {
  readonly words: readonly string[];
  readonly options: readonly OptionToken[];
  readonly rest: readonly string[];
  readonly hasRest: boolean;
}

/** Splits a command line; every option of every command is known by its type. */
export function splitLine(argv: readonly string[], commands: readonly Command[]): Line {
  const specs = [...everywhere, ...commands.flatMap(({ options }) => options)];
  const options = Object.fromEntries(
    specs.map(({ name, short, value }) => [
      name,
      { type: value === undefined ? "boolean" : "string", ...(short && { short }) } as const,
    ]),
  );
  const end = argv.indexOf("--");
  const own = end === -1 ? argv : argv.slice(0, end);
  const { tokens } = parseArgs({ args: [...own], options, strict: false, tokens: true });
  return {
    words: tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : [])),
    options: tokens.filter((token) => token.kind === "option"),
    rest: end === -1 ? [] : argv.slice(end + 1),
    hasRest: end !== -1,
  };
}

/** True when the switch was given, whatever else is on the line. */
export function asks(line: Line, option: OptionSpec): boolean {
  return line.options.some(({ name }) => name === option.name);
}

/**
 * Finds the command of a line: the one with the longest name that the words begin with.
 *
 * @throws UsageFailure naming the nearest command when there is none
 */
export function findCommand(line: Line, commands: readonly Command[]): Command {
  const typed = line.words.join(" ");
  const [found] = commands
    .filter(({ name }) => `${typed} `.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length);
  if (found) return found;
  const [first = "", second] = line.words;
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  const names = group.map(({ name }) => name.slice(first.length + 1));
  if (group.length > 0 && second === undefined) {
    throw new UsageFailure(`"${first}" needs one of ${names.join(", ")}`);
  }
  if (second !== undefined && group.length > 0) {
    const guess = didYouMean(second, names);
    throw new UsageFailure(`unknown command "${first} ${second}"${guess || seeHelp}`);
  }
  const guess = didYouMean(
    first,
    commands.map(({ name }) => name.split(" ")[0] ?? name),
  );
  throw new UsageFailure(`unknown command "${first}"${guess || seeHelp}`);
}

const seeHelp = "; ./lab --help lists them all";

/** @throws UsageFailure if the line does not fit the command */
export function invocationOf(line: Line, command: Command): Invocation {
  const words = line.words.slice(command.name.split(" ").length);
  const switches = new Set<string>();
  const values = new Map<string, string>();
  for (const token of line.options) {
    const spec = findOption(token, command);
    if (spec.value === undefined) switches.add(switchName(token));
    else values.set(token.name, optionValue(token, spec.value));
  }
  checkWords(words, command);
  if (line.hasRest && command.rest === undefined) {
    throw new UsageFailure(`"${command.name}" takes nothing after "--"`);
  }
  return { words, rest: line.rest, switches, values };
}

function checkWords(words: readonly string[], command: Command): void {
  const missing = command.words[words.length];
  if (missing !== undefined) {
    throw new UsageFailure(`"${command.name}" needs ${missing}; see ./lab ${command.name} --help`);
  }
  const extra = words[command.words.length];
  if (extra !== undefined && command.more === undefined) {
    throw new UsageFailure(`"${command.name}" does not take "${extra}"`);
  }
}

function findOption(token: OptionToken, command: Command): OptionSpec {
  const allowed = [...everywhere, ...command.options];
  const spec = allowed.find(({ name }) => name === token.name);
  if (spec) return spec;
  const guess = didYouMean(
    token.rawName,
    allowed.map(({ name }) => `--${name}`),
  );
  throw new UsageFailure(`"${command.name}" has no option "${token.rawName}"${guess}`);
}

function switchName(token: OptionToken): string {
  if (token.value === undefined) return token.name;
  throw new UsageFailure(`option "${token.rawName}" takes no value, got "${token.value}"`);
}

function optionValue(token: OptionToken, placeholder: string): string {
  const { value, rawName } = token;
  if (value !== undefined && value !== "" && !value.startsWith("-")) return value;
  throw new UsageFailure(`option "${rawName}" needs a <${placeholder}>, got "${value ?? ""}"`);
}
