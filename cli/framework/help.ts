import type { Command as Program, HelpConfiguration } from "commander";
import { columns } from "./columns.ts";
import type { Command } from "./command.ts";

/** No line of the help is longer. */
const helpWidth = 100;

/** How the help of every command is laid out. */
export const helpLayout: HelpConfiguration = {
  helpWidth,
  // the options of one column, whether they have a letter or not
  optionTerm: ({ short, flags }) => (short === undefined ? `    ${flags}` : flags),
  // one list of all commands instead of a list of groups
  visibleCommands: leavesOf,
  subcommandTerm: (command) => {
    const words = command.registeredArguments.map((word) =>
      word.required ? `<${word.name()}>` : `[${word.name()}...]`,
    );
    return [commandPath(command), ...words].join(" ");
  },
  subcommandDescription: (command) => command.summary(),
};

function leavesOf(program: Program): Program[] {
  return program.commands.flatMap((command) =>
    isGroup(command) ? leavesOf(command) : [command, ...leavesOf(command)],
  );
}

/** Whether a command only holds others; `logs` is one by itself and holds `logs test`. */
export function isGroup(command: Program): boolean {
  return command.commands.length > 0 && command.registeredArguments.length === 0;
}

/** Words that select a command: `incident enter`. */
export function commandPath(command: Program): string {
  const { parent } = command;
  return parent?.parent ? `${commandPath(parent)} ${command.name()}` : command.name();
}

/** What stands above the options: what the command does. */
export function descriptionOf({ summary, details }: Command): string {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return details === undefined ? sentence : `${sentence}\n\n${details}`;
}

/** What stands below the options. */
export function examplesText(examples: Command["examples"]): string {
  return ["\nExamples:", ...columns(examples)].join("\n");
}

/** What `lab` is, in its own help. */
export const programDescription =
  "Sock Shop on Kubernetes with Datadog, and one flag that stages a payment failure.";

/** What stands below the list of all commands. */
export const programNotes = [
  examplesText([
    ["./lab up", "a cluster, a Datadog stand-in and the shop, on this machine"],
    ["./lab incident enter payment-down", "remove payment's pods and put load on the shop"],
    ["./lab incident leave", "restore payment and stop the load"],
    ["./lab up --stack dev", "the same stack on your own cluster and Datadog account"],
  ]),
  "",
  "Run ./lab <command> --help for the options and examples of one command.",
  "Exit codes: 0 success, 1 failure, 2 wrong command line; incident run: 4 invalid, 5 broken.",
].join("\n");
