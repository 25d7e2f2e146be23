import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { defineCommand, option } from "../../framework/command.ts";
import { stackOption } from "../../framework/shared-options.ts";
import { print } from "../../context/context.ts";
import { exitCodes, Failure, UsageFailure } from "../../context/errors.ts";
import { stateText } from "../../incident/read-state.ts";
import { defaultMinutes, overdueProblem, activeIncident } from "../../incident/overdue.ts";
import { openSession } from "../../stack/stack-session.ts";
import { stackHint } from "../../stack/hints.ts";

export const incidentOverdue = defineCommand({
  name: "incident overdue",
  summary: "check whether an incident was left on for too long",
  options: {
    stack: stackOption,
    longest: option({
      placeholder: "minutes",
      help: `allowed length of an incident (default: its lease; ${defaultMinutes} without a lease)`,
      read: readMinutes,
    }),
    file: option({
      placeholder: "path",
      help: "state to read, as `pulumi stack export` prints it (default: the stack's own state)",
      suggestions: "files",
      read: (path) => path,
    }),
  },
  details:
    "Reads only the stack's state, so it also works on an exported state when the cluster cannot " +
    "be reached. Exit code 1 if an incident is on for longer than allowed: its lease has expired, " +
    "the guard has restored the healthy state, and nobody has reset the flag.",
  examples: [
    ["./lab incident overdue --stack dev", "check in a nightly job"],
    ["./lab incident overdue --file state.json", "check an exported state, without any login"],
  ],
  async run({ stack, longest, file }, context) {
    const session = await openSession({ stack }, context);
    const text = file === undefined ? await stateText(session) : await textOf(file, context.root);
    const incident = activeIncident(text ?? "{}");
    const problem = overdueProblem(incident, new Date(), longest);
    if (problem === undefined) {
      print(context, incident ? `${incident.name} is on, not for too long` : "none is on");
      return exitCodes.ok;
    }
    print(context, `! ${problem}; ./lab incident leave${stackHint(stack)} ends it`);
    return exitCodes.failed;
  },
});

function readMinutes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageFailure(
    `option "--longest" needs a whole number of minutes, got "${text}"; for example 60`,
  );
}

async function textOf(file: string, root: string): Promise<string> {
  try {
    return await readFile(resolve(root, file), "utf8");
  } catch (cause) {
    throw new Failure(`cannot read ${file}; write it with: pulumi stack export --file ${file}`, {
      cause,
    });
  }
}
