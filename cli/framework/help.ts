import { helpOption, verboseOption } from "./command.ts";
import type { Command, OptionSpec } from "./command.ts";

/** Lines with their first column padded to the same width. */
export function columns(rows: readonly (readonly string[])[], indent = "  "): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
  }
  return rows.map((row) =>
    `${indent}${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("   ")}`.trimEnd(),
  );
}

/** Help of the whole program. */
export function programHelp(commands: readonly Command[]): string {
  return text([
    "lab: Sock Shop on Kubernetes with Datadog, and one flag that stages a payment failure",
    "",
    "usage: ./lab <command> [options]",
    "",
    ...columns(commands.map(({ name, words, summary }) => [[name, ...words].join(" "), summary])),
    "",
    "examples:",
    ...columns([
      ["./lab up", "a cluster, a Datadog stand-in and the shop, on this machine"],
      ["./lab incident enter payment-down", "take payment away and put load on the shop"],
      ["./lab incident leave", "bring payment back"],
      ["./lab up --stack dev", "the same stack on your own cluster and account"],
    ]),
    "",
    "./lab <command> --help tells more about one command.",
    "Exit codes: 0 done, 1 failed, 2 the command line is wrong.",
  ]);
}

/** Help of one command. */
export function commandHelp(command: Command): string {
  const rest = command.rest === undefined ? [] : [`[-- ${command.rest}]`];
  const more = command.more === undefined ? [] : [`[${command.more}…]`];
  const usage = ["./lab", command.name, ...command.words, ...more, "[options]", ...rest].join(" ");
  return text([
    command.summary,
    "",
    `usage: ${usage}`,
    "",
    ...(command.details === undefined ? [] : [command.details, ""]),
    "options:",
    ...columns([...command.options, verboseOption, helpOption].map(optionRow)),
    "",
    "examples:",
    ...columns(command.examples),
  ]);
}

function optionRow({ name, short, value, help }: OptionSpec): string[] {
  const names = short === undefined ? `    --${name}` : `-${short}, --${name}`;
  return [value === undefined ? names : `${names} <${value}>`, help];
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
