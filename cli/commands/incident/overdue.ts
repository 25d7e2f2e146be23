import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { stackOption } from "../../framework/command.ts";
import type { Command, OptionSpec } from "../../framework/command.ts";
import { print } from "../../context/context.ts";
import { exitCodes, Failure, UsageFailure } from "../../context/errors.ts";
import { stateText } from "../../incident/read-state.ts";
import { defaultMinutes, overdueProblem, activeIncident } from "../../incident/overdue.ts";
import { openSession } from "../../stack/stack-session.ts";
import { stackHint } from "../../stack/hints.ts";

const longestOption: OptionSpec = {
  name: "longest",
  value: "minutes",
  help: `how long an incident may last (default: its lease; ${defaultMinutes} where it has none)`,
};

const fileOption: OptionSpec = {
  name: "file",
  value: "path",
  help: "state to look at, as `pulumi stack export` prints it (default: the stack's own)",
};

export const incidentOverdue: Command = {
  name: "incident overdue",
  summary: "find out whether an incident was left on",
  words: [],
  options: [stackOption, longestOption, fileOption],
  details:
    "Looks at the stack's state alone, so that it also works on the export of a stack whose cluster\n" +
    "cannot be reached from here. Exit code 1 when an incident lasts for longer than allowed: its\n" +
    "lease ran out, the guard has restored the healthy state, and the flag was forgotten.",
  examples: [
    ["./lab incident overdue --stack dev", "in a nightly job"],
    ["./lab incident overdue --file state.json", "on an exported state, without any login"],
  ],
  async run(invocation, context) {
    const session = await openSession(invocation, context);
    const longest = minutesOf(invocation.values.get(longestOption.name));
    const file = invocation.values.get(fileOption.name);
    const text = file === undefined ? await stateText(session) : await textOf(file, context.root);
    const incident = activeIncident(text ?? "{}");
    const problem = overdueProblem(incident, new Date(), longest);
    if (problem === undefined) {
      print(context, incident ? `${incident.name} is on, not for too long` : "none is on");
      return exitCodes.ok;
    }
    print(context, `! ${problem}; ./lab incident leave${stackHint(session.targets.stack)} ends it`);
    return exitCodes.failed;
  },
};

function minutesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageFailure(
    `--longest: expected a number of minutes, got "${text}"; try --longest 60`,
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
