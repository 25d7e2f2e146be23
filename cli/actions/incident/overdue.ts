import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { printableLine } from "../../framework/printable.ts";
import { print } from "../../context/context.ts";
import { exitCodes, Failure } from "../../context/errors.ts";
import { stateText } from "../../incident/read-state.ts";
import { type ActiveIncident, activeIncident, overdueProblem } from "../../incident/overdue.ts";
import { leaseOf } from "./status-document.ts";
import { type Body, printDocument } from "../../json/print-document.ts";
import type { IncidentOverdueDocument } from "../../json/schemas/incident.ts";
import { openSession } from "../../stack/stack-session.ts";
import { stackHint } from "../../stack/hints.ts";
import type { Context } from "../../context/context.ts";
import type { StackRequest } from "../requests.ts";

interface OverdueRequest extends StackRequest {
  /** Allowed length in minutes. @default - the incident's lease */
  readonly longest: number | undefined;

  /** Exported state. @default - the stack's own state */
  readonly file: string | undefined;
}

/** Reads the stack's state, and prints whether an incident is on for too long. */
export async function runIncidentOverdue(
  { stack, longest, file, json }: OverdueRequest,
  context: Context,
): Promise<number> {
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
}

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
