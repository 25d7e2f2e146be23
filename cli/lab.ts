import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { commands } from "./commands.ts";
import { print } from "./context/context.ts";
import type { Context } from "./context/context.ts";
import { exitCodes, Failure, UsageFailure } from "./context/errors.ts";
import { completionRequest, completions } from "./framework/completion.ts";
import { type Body, documentText } from "./json/print-document.ts";
import type { ErrorDocument } from "./json/schemas/document.ts";
import { parseLine } from "./framework/parse-line.ts";
import { printable, printableLine } from "./framework/printable.ts";

/** Runs one command line; resolves to the exit code and never rejects. */
export async function runLab(argv: readonly string[], context: Context): Promise<number> {
  try {
    const [first, ...words] = argv;
    if (first === completionRequest) {
      for (const line of completions(words, commands, context)) print(context, line);
      return exitCodes.ok;
    }
    return await runLine(argv, context);
  } catch (error) {
    const exitCode = error instanceof Failure ? error.exitCode : exitCodes.failed;
    const message = errorText(error, hasFlag(argv, "--verbose"));
    if (hasFlag(argv, "--json")) {
      const code = error instanceof UsageFailure ? "usage" : "failed";
      const body: Body<ErrorDocument> = { error: { code, message, exitCode } };
      context.stderr.write(documentText(body, 0));
    } else {
      context.stderr.write(`lab: ${message}\n`);
    }
    return exitCode;
  }
}

async function runLine(argv: readonly string[], context: Context): Promise<number> {
  const request = parseLine(argv, commands);
  switch (request.kind) {
    case "run":
      return await request.command.run(request.given, context);
    case "help":
      context.stdout.write(request.text);
      return exitCodes.ok;
    case "nothing":
      context.stderr.write(request.text);
      return exitCodes.usage;
    case "version":
      print(context, await versionOf(context.root));
      return exitCodes.ok;
  }
}

async function versionOf(root: string): Promise<string> {
  const text = await readFile(join(root, "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** True when a flag was given, whatever else is on the line. */
function hasFlag(argv: readonly string[], name: string): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes(name);
}

function errorText(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return printable(String(error));
  if (!verbose) {
    return error instanceof UsageFailure ? printableLine(error.message) : printable(error.message);
  }
  const { stack = error.message, cause } = error;
  const text = printable(stack);
  return cause === undefined ? text : `${text}\ncaused by: ${errorText(cause, true)}`;
}
