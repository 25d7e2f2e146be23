import type { Command as Program, CommanderError } from "commander";
import { UsageFailure } from "../context/errors.ts";
import { commandPath } from "./help.ts";

/** One line for what commander refuses. */
export function usageFailure({ code, message }: CommanderError, at: Program): UsageFailure {
  const sentence = sentences[code];
  return new UsageFailure(sentence?.(message, at) ?? message.replace(/^error: /, ""));
}

type Sentence = (message: string, at: Program) => string;

/** By commander's code. */
const sentences: Readonly<Record<string, Sentence>> = {
  "commander.unknownCommand": (message, at) => {
    const path = at.parent === null ? "" : `${commandPath(at)} `;
    const remedy = suggestion(message) || "; run ./lab --help for a list";
    return `unknown command "${path}${at.args[0] ?? ""}"${remedy}`;
  },
  "commander.unknownOption": (message, at) => {
    const name = at.parent === null ? "./lab" : commandPath(at);
    return `"${name}" has no option "${quoted(message)}"${suggestion(message)}`;
  },
  "commander.missingArgument": (message, at) => {
    const path = commandPath(at);
    return `"${path}" needs <${quoted(message)}>; see ./lab ${path} --help`;
  },
  "commander.optionMissingArgument": (message) => {
    const [, long = "", placeholder = ""] = /(--[\w-]+) (<\w+>)/.exec(message) ?? [];
    return `option "${long}" needs a ${placeholder}, got ""`;
  },
};

/** What commander names, in its quotes. */
function quoted(message: string): string {
  return /'([\s\S]*)'/.exec(message)?.[1] ?? "";
}

/** `; did you mean "up"?`, of one or several that are as near. */
function suggestion(message: string): string {
  const [, names] = /\n\(Did you mean (?:one of )?(.+)\?\)$/.exec(message) ?? [];
  if (names === undefined) return "";
  const words = names.split(", ").map((name) => `"${name}"`);
  return `; did you mean ${words.join(" or ")}?`;
}
