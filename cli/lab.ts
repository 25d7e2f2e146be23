import { asks, findCommand, invocationOf, splitLine } from "./framework/parse-arguments.ts";
import { helpOption, verboseOption } from "./framework/command.ts";
import { commands } from "./commands.ts";
import type { Context } from "./context/context.ts";
import { exitCodes, Failure } from "./context/errors.ts";
import { commandHelp, programHelp } from "./framework/help.ts";

/** Runs one command line; resolves to the exit code and never rejects. */
export async function runLab(argv: readonly string[], context: Context): Promise<number> {
  const typed = splitLine(argv, commands);
  const [first, ...others] = typed.words;
  const line = first === "help" ? { ...typed, words: others } : typed;
  const wantsHelp = first === "help" || asks(line, helpOption);
  try {
    if (line.words.length === 0) return overview(wantsHelp, context);
    const command = findCommand(line, commands);
    if (wantsHelp) {
      context.stdout.write(commandHelp(command));
      return exitCodes.ok;
    }
    return await command.run(invocationOf(line, command), context);
  } catch (error) {
    context.stderr.write(`lab: ${errorText(error, asks(line, verboseOption))}\n`);
    return error instanceof Failure ? error.exitCode : exitCodes.failed;
  }
}

/** Without a command the help is shown, too, but as a mistake. */
function overview(wasAsked: boolean, { stdout, stderr }: Context): number {
  (wasAsked ? stdout : stderr).write(programHelp(commands));
  return wasAsked ? exitCodes.ok : exitCodes.usage;
}

function errorText(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (!verbose) return error.message;
  const { stack = error.message, cause } = error;
  return cause === undefined ? stack : `${stack}\ncaused by: ${errorText(cause, true)}`;
}
