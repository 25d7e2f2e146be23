import { parseLine } from "../../../cli/framework/parse-line.ts";
import { commands } from "../../../cli/commands.ts";
import type { Registered } from "../../../simulation/declared/resource-graph.ts";
import { kubectlProblem } from "./kubectl.ts";
import { type Code, codeOf } from "./markdown.ts";
import { pulumiProblem } from "./pulumi-command.ts";
import { simpleCommands } from "./shell.ts";

/** What a page's commands must fit. */
export interface Checkout {
  /** The stack's resources in each state in which the commands below a heading are typed. */
  readonly resourcesAt: (heading: string) => readonly (readonly Registered[])[];

  /** Names of the stack's outputs. */
  readonly outputs: readonly string[];

  /** Targets of the Makefile. */
  readonly targets: readonly string[];

  /** Files in the root folder. */
  readonly files: readonly string[];
}

/** Values for what the reader is to fill in. */
const placeholders: Readonly<Record<string, string>> = {
  "<state>": "payment-down",
  "<search>": "*",
};

/** The commands of a page: lines of blocks for the shell, and spans that begin with a program. */
export function commandsOf(page: string): readonly Code[] {
  const isCommand = /^(?:\.\/lab|kubectl|pulumi|make|kind|jq) /;
  return codeOf(page).filter(({ text, block }) =>
    block === undefined ? isCommand.test(text) : block === "sh" || block === "console",
  );
}

/** A command with values for what the reader must fill in. */
export function filled(text: string): string {
  return text.replaceAll(/<[a-z]+>/g, (name) => placeholders[name] ?? name);
}

/** Each command of a page that would not do what the page says, with the reason. */
export function pageProblems(page: string, checkout: Checkout): readonly string[] {
  return commandsOf(page).flatMap((command) =>
    problemsOf(command, checkout).map(
      (problem) => `${command.heading}: ${command.text}: ${problem}`,
    ),
  );
}

function problemsOf({ text, heading }: Code, checkout: Checkout): readonly string[] {
  try {
    return simpleCommands(filled(text)).flatMap((words) => {
      const problem = commandProblem(words, heading, checkout);
      return problem === undefined ? [] : [problem];
    });
  } catch (error) {
    return [(error as Error).message];
  }
}

type Check = (words: readonly string[], heading: string, checkout: Checkout) => string | undefined;

/** Each program that a page may name; what filters text cannot be checked without the text. */
const checks: Readonly<Record<string, Check>> = {
  "./lab": labProblem,
  kubectl: (words, heading, { resourcesAt }) =>
    resourcesAt(heading)
      .map((resources) => kubectlProblem(words, resources))
      .find((problem) => problem !== undefined),
  pulumi: (words, _, { outputs }) => pulumiProblem(words, outputs),
  make: (words, _, { targets }) => words.find((target) => !targets.includes(target)),
  kind: ([first, second, option, file = ""], _, { files }) =>
    [first, second, option].join(" ") === "create cluster --config" && files.includes(file)
      ? undefined
      : "no such cluster can be created",
  grep: () => undefined,
  jq: () => undefined,
};

const commandProblem: Check = ([program = "", ...words], heading, checkout) => {
  const check = checks[program];
  return check === undefined ? `no program ${program} is known` : check(words, heading, checkout);
};

function labProblem(words: readonly string[], heading: string, checkout: Checkout) {
  const request = parseLine(words, commands);
  if (request.kind !== "run") return undefined;
  const end = words.indexOf("--");
  return end === -1 ? undefined : commandProblem(words.slice(end + 1), heading, checkout);
}
