import { defineCommand } from "../../framework/command.ts";
import { stackOption } from "../../framework/shared-options.ts";
import { print } from "../../context/context.ts";
import { redirectedServices, liveRedirections } from "../../incident/routing.ts";
import { exitCodes } from "../../context/errors.ts";
import { columns } from "../../framework/columns.ts";
import { disagreements } from "../../incident/incident-state.ts";
import type { AppliedIncident, LiveIncident } from "../../incident/incident-state.ts";
import { leaseCells, isExpired } from "../../incident/lease.ts";
import { readLiveState, readAppliedState } from "../../incident/read-state.ts";
import { openSession } from "../../stack/stack-session.ts";
import { notDeployed, stackHint } from "../../stack/hints.ts";

export const incidentStatus = defineCommand({
  name: "incident status",
  summary: "compare the flag, the last update and the cluster",
  options: { stack: stackOption },
  details:
    "Exit code 1 if they disagree, for example after kubectl scale, or after the lease of an " +
    "incident has expired and the guard in the cluster has restored the healthy state.",
  examples: [["./lab incident status", "show flag, last update and Kubernetes API side by side"]],
  async run({ stack }, context) {
    const session = await openSession({ stack }, context);
    const { targets } = session;
    const applied = await readAppliedState(session);
    if (applied.namespace === undefined) {
      print(context, `asked for ${targets.incident}; ${notDeployed(targets.stack)}`);
      return exitCodes.failed;
    }
    const live = await readLiveState(session, applied.namespace);
    const rows = [
      ["asked for", targets.incident, targets.file],
      ["applied", applied.incident ?? "unknown", declaredText(applied)],
      ["running", ...liveText(live)],
      ...leaseRows(live),
    ];
    for (const line of columns(rows, "")) print(context, line);
    const problems = disagreements(targets.incident, applied, live);
    for (const problem of problems) print(context, `! ${problem}`);
    if (problems.length === 0) return exitCodes.ok;
    print(context, remedy(live, stackHint(targets.stack)));
    return exitCodes.failed;
  },
});

function leaseRows(live: LiveIncident | undefined): string[][] {
  return live?.lease ? [["lease", ...leaseCells(live.lease, new Date())]] : [];
}

/** A guard whose time is over would undo what a refresh brings back. */
function remedy(live: LiveIncident | undefined, hint: string): string {
  const isOver = live?.lease !== undefined && isExpired(live.lease, new Date());
  if (isOver) return `./lab incident leave${hint} ends it`;
  return `./lab up --refresh${hint} makes it as asked for`;
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
