import type { Context } from "../context/context.ts";
import type { Argument, Command, Option, Suggestions } from "./command.ts";
import { optionFlag } from "./command.ts";

/** First word of the command line by which a shell asks what may follow. */
export const completionRequest = "__complete";

/** The line that makes a shell offer the names of files. */
const filesLine = ":files";

type Candidate = readonly [word: string, help: string];

/**
 * Candidates for the last word, one a line: the word, a tab and what it means. The last word may
 * be empty.
 *
 * @param typed the words after `lab`, as the shell splits them
 */
export function completions(
  typed: readonly string[],
  commands: readonly Command[],
  context: Context,
): readonly string[] {
  const words = typed.slice(0, -1);
  const current = typed.at(-1) ?? "";
  if (words.includes("--")) return [filesLine];
  const { path, option, command, position } = placeOf(words, commands);
  if (option !== undefined) {
    // bash gives `--stack=dev` as three words, the other shells as one
    return offered(option.suggestions, current === "=" ? "" : current, context);
  }
  if (/^--[\w-]+=/.test(current)) return joinedValues(current, command, context);
  if (current.startsWith("-")) return lines(optionsOf(command, words), current);
  if (command === undefined) return lines(nextWords(path, commands), current);
  return offered(argumentAt(position, command)?.suggestions, current, context);
}

/** Values of an option that is typed in one word with them: `--stack=dev`. */
function joinedValues(current: string, command: Command | undefined, context: Context) {
  const start = current.indexOf("=") + 1;
  const found = findOption(current.slice(0, start - 1), command);
  return offered(found?.suggestions, current.slice(start), context).map((line) =>
    line === filesLine ? line : `${current.slice(0, start)}${line}`,
  );
}

function argumentAt(position: number, command: Command): Argument<unknown> | undefined {
  const parts = Object.values(command.arguments).filter(({ kind }) => kind !== "passthrough");
  return parts[position] ?? parts.find(({ kind }) => kind === "variadic");
}

interface Place {
  /** Words of the command, as far as they are typed. */
  readonly path: readonly string[];
  /** Absent while the command is not complete. */
  readonly command?: Command;
  /** How many of its arguments are typed. */
  readonly position: number;
  /** The option whose value comes next. */
  readonly option?: Option<unknown>;
}

function placeOf(words: readonly string[], commands: readonly Command[]): Place {
  const plain: string[] = [];
  let option: Option<unknown> | undefined;
  for (const word of words) {
    const isValue = option !== undefined && word !== "=";
    if (isValue) option = undefined;
    else if (word.startsWith("-")) option = withValue(word, commands);
    else if (word !== "=") plain.push(word);
  }
  const command = commandOf(plain, commands);
  const length = command?.name.split(" ").length ?? 0;
  return {
    path: plain,
    position: plain.length - length,
    ...(command && { command }),
    ...(option && { option }),
  };
}

/** The command with the longest name that the words begin with. */
function commandOf(words: readonly string[], commands: readonly Command[]): Command | undefined {
  const typed = `${words.join(" ")} `;
  const [found] = commands
    .filter(({ name }) => typed.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length);
  return found;
}

function withValue(word: string, commands: readonly Command[]): Option<unknown> | undefined {
  const known = commands.map((command) => findOption(word, command));
  return known.find((option) => option?.placeholder !== undefined);
}

function findOption(word: string, command: Command | undefined): Option<unknown> | undefined {
  const found = Object.entries(command?.options ?? {}).find(
    ([name, { short }]) =>
      word === optionFlag(name) || (short !== undefined && word === `-${short}`),
  );
  return found?.[1];
}

function optionsOf(command: Command | undefined, words: readonly string[]): Candidate[] {
  const own = Object.entries(command?.options ?? {}).map(([name, { help }]): Candidate => [
    optionFlag(name),
    help,
  ]);
  const common: Candidate[] =
    command === undefined
      ? [
          ["--help", "show this help"],
          ["--version", "show the version"],
        ]
      : [
          ["--verbose", "show where an error comes from"],
          ["--help", "show this help"],
        ];
  return [...own, ...common].filter(([name]) => !words.includes(name));
}

/** The next word of every command that begins with these. */
function nextWords(path: readonly string[], commands: readonly Command[]): Candidate[] {
  const start = path.map((word) => `${word} `).join("");
  const next = commands
    .filter(({ name }) => name.startsWith(start))
    .map(({ name, summary }): Candidate => {
      const [word = "", ...more] = name.slice(start.length).split(" ");
      return [word, more.length === 0 ? summary : ""];
    });
  return [...new Map(next.map(([word, help]) => [word, help || groupHelp(word, next)]))];
}

function groupHelp(word: string, next: readonly Candidate[]): string {
  return next.find(([other, help]) => other === word && help !== "")?.[1] ?? `commands of ${word}`;
}

function offered(
  suggestions: Suggestions | undefined,
  current: string,
  context: Context,
): readonly string[] {
  if (suggestions === undefined) return [];
  if (suggestions === "files") return [filesLine];
  return lines(
    suggestions(context).map((word) => [word, ""]),
    current,
  );
}

function lines(candidates: readonly Candidate[], current: string): readonly string[] {
  return candidates
    .filter(([word]) => word.startsWith(current))
    .map(([word, help]) => (help === "" ? word : `${word}\t${help}`));
}
