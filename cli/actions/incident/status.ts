import { print } from "../../context/context.ts";
import { redirectedServices, liveRedirections } from "../../incident/routing.ts";
import { exitCodes } from "../../context/errors.ts";
import { columns } from "../../framework/columns.ts";
import { disagreements } from "../../incident/incident-state.ts";
import type { AppliedIncident, LiveIncident } from "../../incident/incident-state.ts";
import { leaseCells, isExpired } from "../../incident/lease.ts";
import { readLiveState, readAppliedState } from "../../incident/read-state.ts";
import { interruptedLines } from "../../incident/run/end-interrupted.ts";
import { appliedOf, liveOf } from "./status-document.ts";
import { printDocument } from "../../json/print-document.ts";
import type { IncidentStatusDocument } from "../../json/schemas/incident.ts";
import { openSession } from "../../stack/stack-session.ts";
import { notDeployed, stackHint } from "../../stack/hints.ts";
import type { Context } from "../../context/context.ts";
import type { StackRequest } from "../requests.ts";

/** Prints flag, last update and cluster side by side, and where they disagree. */
export async function runIncidentStatus(
  { stack, json }: StackRequest,
  context: Context,
): Promise<number> {
  const session = await openSession({ stack }, context);
  const { incident: asked, file } = session.targets;
  const applied = await readAppliedState(session);
  if (applied.namespace === undefined) {
    const problems = [notDeployed(stack)];
    const fix = `./lab up${stackHint(stack)}`;
    const nothing = { ok: false, stack, asked, applied: null, live: null, problems, fix };
    if (json) printDocument<IncidentStatusDocument>(context, nothing);
    else print(context, `the flag says ${asked}; ${notDeployed(stack)}`);
    return exitCodes.failed;
  }
  const live = await readLiveState(session, applied.namespace);
  const interrupted = await interruptedLines(session);
  const problems = [...disagreements(asked, applied, live), ...interrupted];
  const ok = problems.length === 0;
  const isCutOff = interrupted.length > 0;
  const fix = ok ? null : fixOf(live, isCutOff, stackHint(stack));
  if (json) {
    const states = { applied: appliedOf(applied, applied.namespace), live: liveOf(live) };
    const body = { ok, stack, asked, ...states, problems, fix };
    printDocument<IncidentStatusDocument>(context, body);
  } else {
    const rows = [
      ["flag", asked, file],
      ["applied", applied.incident ?? "unknown", declaredText(applied)],
      ["running", ...liveText(live)],
      ...leaseRows(live),
    ];
    for (const line of columns(rows, "")) print(context, line);
    for (const problem of problems) print(context, `! ${problem}`);
    if (fix !== null) print(context, `run ${fix} to fix`);
  }
  return ok ? exitCodes.ok : exitCodes.failed;
}

function leaseRows(live: LiveIncident | undefined): string[][] {
  return live?.lease ? [["lease", ...leaseCells(live.lease, new Date())]] : [];
}

/** After a refresh, an expired guard would undo what the update restores. */
function fixOf(live: LiveIncident | undefined, isCutOff: boolean, hint: string): string {
  const isOver = live?.lease !== undefined && isExpired(live.lease, new Date());
  return isOver || isCutOff ? `./lab incident leave${hint}` : `./lab up --refresh${hint}`;
}

function declaredText({ paymentReplicas, routing, jobs }: AppliedIncident): string {
  const load = jobs.length === 0 ? "no load job" : `load job ${jobs.join(", ")}`;
  return [
    `payment ${paymentReplicas ?? "not declared"}`,
    ...redirectedServices(routing),
    load,
  ].join(", ");
}

function liveText(live: LiveIncident | undefined): [string, string] {
  if (live === undefined) return ["unknown", "the cluster does not answer"];
  const { payment, readyEndpoints, routing, jobs } = live;
  const pods = payment ? `${payment.available}/${payment.desired}` : "none";
  const load = jobs.map(({ name, state }) => `load job ${name} ${state}`);
  const endpoints = `${readyEndpoints} endpoint${readyEndpoints === 1 ? "" : "s"} behind it`;
  const what = [endpoints, ...liveRedirections(routing), ...(load.length ? load : ["no load job"])];
  return [`payment ${pods}`, what.join(", ")];
}
