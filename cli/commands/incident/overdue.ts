import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { defineCommand, option } from "../../framework/command.ts";
import { jsonOption, stackOption } from "../../framework/shared-options.ts";
import { printableLine } from "../../framework/printable.ts";
import { print } from "../../context/context.ts";
import { exitCodes, Failure, UsageFailure } from "../../context/errors.ts";
import { stateText } from "../../incident/read-state.ts";
import {
  type ActiveIncident,
  activeIncident,
  defaultMinutes,
  overdueProblem,
} from "../../incident/overdue.ts";
import { leaseOf } from "./status-document.ts";
import { type Body, printDocument } from "../../json/print-document.ts";
import type { IncidentOverdueDocument } from "../../json/schemas/incident.ts";
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
    json: jsonOption,
  },
  details:
    "Reads only the stack's state, so it also works on an exported state when the cluster cannot " +
    "be reached. Exit code 1 if an incident is on for longer than allowed: its lease has expired, " +
    "the guard has restored the healthy state, and nobody has reset the flag.",
  examples: [
    ["./lab incident overdue --stack dev", "check in a nightly job"],
    ["./lab incident overdue --file state.json", "check an exported state, without any login"],
  ],
  async run({ stack, longest, file, json }, context) {
    const session = await openSession({ stack }, context);
    const text = file === undefined ? await stateText(session) : await textOf(file, context.root);
    const where = file === undefined ? `the state of stack ${stack}` : printableLine(file);
    const incident = activeIncident(text ?? "{}", where);
    const problem = overdueProblem(incident, new Date(), longest);
    const fix = problem === undefined ? undefined : `./lab incident leave${stackHint(stack)}`;
    if (json) {
      const body = documentOf({ stack, incident, problem, fix });
      printDocument<IncidentOverdueDocument>(context, body);
    } else if (problem !== undefined) {
      print(context, `! ${problem}; run ${fix} to end it`);
    } else {
      print(context, incident ? `${incident.name} is on, not for too long` : "no incident is on");
    }
    return problem === undefined ? exitCodes.ok : exitCodes.failed;
  },
});

interface Result {
  readonly stack: string;
  readonly incident: ActiveIncident | undefined;
  readonly problem: string | undefined;
  readonly fix: string | undefined;
}

function documentOf({ stack, incident, problem, fix }: Result): Body<IncidentOverdueDocument> {
  return {
    ok: problem === undefined,
    stack,
    incident: incident === undefined ? null : incidentOf(incident),
    problem: problem ?? null,
    fix: fix ?? null,
  };
}

function incidentOf({ name, since, lease }: ActiveIncident): IncidentOverdueDocument["incident"] {
  return { name, since: since.toISOString(), lease: lease === undefined ? null : leaseOf(lease) };
}

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
    const path = printableLine(file);
    throw new Failure(`cannot read ${path}; write it with: pulumi stack export --file ${path}`, {
      cause,
    });
  }
}
