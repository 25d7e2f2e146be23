import {
  Argument as ProgramArgument,
  Command as Program,
  Option as ProgramOption,
} from "commander";
import type { CommanderError } from "commander";
import { UsageFailure } from "../context/errors.ts";
import type { Argument, Command, Option } from "./command.ts";
import { flag, optionFlag } from "./command.ts";
import {
  commandPath,
  descriptionOf,
  examplesText,
  helpLayout,
  isGroup,
  programDescription,
  programNotes,
} from "./help.ts";
import { usageFailure } from "./usage-failure.ts";

/** What a command line asks for. */
type Request =
  | { readonly kind: "help"; readonly text: string }
  /** Nothing at all: the help is shown as an answer to a mistake. */
  | { readonly kind: "nothing"; readonly text: string }
  | { readonly kind: "version" }
  | {
      readonly kind: "run";
      readonly command: Command;
      readonly given: Readonly<Record<string, unknown>>;
    };

/** Options that every command has. */
const commonOptions = { verbose: flag("show where an error comes from") };

/** @throws UsageFailure if the line fits no command */
export function parseLine(argv: readonly string[], commands: readonly Command[]): Request {
  const [first, ...others] = argv;
  if (first === "help") return parseLine([...others, "--help"], commands);
  const end = argv.indexOf("--");
  const own = end === -1 ? argv : argv.slice(0, end);
  const rest = end === -1 ? undefined : argv.slice(end + 1);
  let request: Request | undefined;
  const printed: string[] = [];
  const program = programOf(commands, printed, (command, leaf) => {
    request = { kind: "run", command, given: givenBy(leaf, command, rest) };
  });
  try {
    program.parse([...own], { from: "user" });
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    request = requestOf(error, printed.join(""), () =>
      parseLine(
        own.filter((word) => word !== "--help" && word !== "-h"),
        commands,
      ),
    );
  }
  return request ?? { kind: "nothing", text: printed.join("") };
}

/** Commander's own end of a line, with the command that it came to. */
class Stop extends Error {
  readonly at: Program;
  readonly reason: CommanderError;

  constructor(at: Program, reason: CommanderError) {
    super(reason.message);
    this.at = at;
    this.reason = reason;
  }
}

/** @param withoutHelp what the line asks for when it does not ask for help */
function requestOf({ at, reason }: Stop, text: string, withoutHelp: () => Request): Request {
  switch (reason.code) {
    case "commander.version":
      return { kind: "version" };
    case "commander.helpDisplayed": {
      const isWrong = isGroup(at) && at.args.some((word) => !word.startsWith("-"));
      return isWrong ? withoutHelp() : { kind: "help", text };
    }
    case "commander.help": {
      if (at.parent === null) return { kind: "nothing", text };
      const names = at.commands.map((command) => command.name()).join(", ");
      throw new UsageFailure(`"${commandPath(at)}" needs one of ${names}`);
    }
    default:
      throw usageFailure(reason, at);
  }
}

type Run = (command: Command, leaf: Program) => void;

/** All commands as commander knows them; what it would print goes to `printed`. */
function programOf(commands: readonly Command[], printed: string[], run: Run): Program {
  const known = { ...commonOptions, ...Object.assign({}, ...commands.map(optionsOf)) } as Options;
  const group = (name: string): Program => {
    const program = bare(name, printed);
    // an option may stand before the command that has it
    for (const part of programOptions(known)) program.addOption(part.hideHelp());
    return program.enablePositionalOptions();
  };
  const program = group("./lab")
    .usage("<command> [options]")
    .description(programDescription)
    .version("", "--version", "show the version")
    .addHelpText("after", programNotes);
  for (const command of commands) {
    const words = command.name.split(" ");
    const leaf = leafOf(command, words.at(-1) ?? "", printed);
    leaf.action(() => {
      run(command, leaf);
    });
    words
      .slice(0, -1)
      .reduce((parent, word) => {
        const found = parent.commands.find((one) => one.name() === word) ?? group(word);
        if (!parent.commands.includes(found)) parent.addCommand(found);
        return found;
      }, program)
      .addCommand(leaf);
  }
  return program;
}

type Options = Command["options"];

function optionsOf({ options }: Command): Options {
  return options;
}

function bare(name: string, printed: string[]): Program {
  const print = (text: string): void => void printed.push(text);
  const program: Program = new Program(name)
    .helpCommand(false)
    .helpOption("-h, --help", "show this help")
    .configureHelp(helpLayout)
    .configureOutput({ writeOut: print, writeErr: print, outputError: () => undefined })
    .exitOverride((reason) => {
      throw new Stop(program, reason);
    });
  return program;
}

function leafOf(command: Command, name: string, printed: string[]): Program {
  const leaf = bare(name, printed)
    .summary(command.summary)
    .description(descriptionOf(command))
    .addHelpText("after", examplesText(command.examples))
    // the first one too many is named by us
    .allowExcessArguments();
  const usage: string[] = [];
  for (const { kind, placeholder, help } of Object.values(command.arguments)) {
    const term = argumentTerm(kind, placeholder);
    usage.push(term);
    if (kind !== "passthrough") leaf.addArgument(new ProgramArgument(term, help));
  }
  for (const part of programOptions({ ...command.options, ...commonOptions })) leaf.addOption(part);
  return leaf.usage(["[options]", ...usage].join(" "));
}

function argumentTerm(kind: Argument<unknown>["kind"], placeholder: string): string {
  if (kind === "required") return `<${placeholder}>`;
  return kind === "variadic" ? `[${placeholder}...]` : `[-- ${placeholder}...]`;
}

function programOptions(options: Options): ProgramOption[] {
  return Object.entries(options).map(([name, part]) => {
    const option = new ProgramOption(flagsOf(name, part), part.help);
    // commander takes `--no-load` for `load`, which is true by default
    return option.negate ? option.default(notGiven) : option;
  });
}

/** Value of a flag that begins with `--no-` where it is not given. */
const notGiven = null;

/** What was given, by the names that the command has for it. */
function optionsGiven(leaf: Program): Readonly<Record<string, string | true>> {
  const values = leaf.optsWithGlobals<Readonly<Record<string, string | boolean | null>>>();
  const entries = Object.entries(values).flatMap(([name, value]): [string, string | true][] => {
    if (value === notGiven) return [];
    if (value !== false) return [[name, value]];
    return [[`no${name.charAt(0).toUpperCase()}${name.slice(1)}`, true]];
  });
  return Object.fromEntries(entries);
}

function flagsOf(name: string, { short, placeholder }: Option<unknown>): string {
  const long = optionFlag(name);
  const names = short === undefined ? long : `-${short}, ${long}`;
  return placeholder === undefined ? names : `${names} <${placeholder}>`;
}

/** Reads every argument and option of a command. */
function givenBy(leaf: Program, command: Command, rest: readonly string[] | undefined) {
  const options = optionsGiven(leaf);
  const known = { ...command.options, ...commonOptions };
  const odd = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (odd !== undefined) {
    throw new UsageFailure(`"${command.name}" has no option "${optionFlag(odd)}"`);
  }
  return {
    ...readArguments(leaf.args, command, rest),
    ...Object.fromEntries(
      Object.entries(command.options).map(([name, part]) => [
        name,
        part.read(checked(name, part, options[name])),
      ]),
    ),
  };
}

/** A value that looks like an option is one that was forgotten. */
function checked(name: string, { placeholder }: Option<unknown>, given: string | true | undefined) {
  if (typeof given !== "string" || (given !== "" && !given.startsWith("-"))) return given;
  throw new UsageFailure(
    `option "${optionFlag(name)}" needs a <${placeholder ?? ""}>, got "${given}"`,
  );
}

function readArguments(
  words: readonly string[],
  { name, arguments: parts }: Command,
  rest: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  let at = 0;
  const read = Object.entries(parts).map(([key, part]) => {
    if (part.kind === "passthrough") return [key, part.read(rest ?? [])];
    const own = part.kind === "required" ? words.slice(at, at + 1) : words.slice(at);
    at += own.length;
    return [key, part.read(own)];
  });
  const extra = words[at];
  if (extra !== undefined) throw new UsageFailure(`"${name}" does not take "${extra}"`);
  if (rest !== undefined && Object.values(parts).every(({ kind }) => kind !== "passthrough")) {
    throw new UsageFailure(`"${name}" takes nothing after "--"`);
  }
  return Object.fromEntries(read) as Readonly<Record<string, unknown>>;
}
