import { updateStack } from "../pulumi/update-stack.ts";
import { partLines, startParts } from "../sandbox/start-parts.ts";
import type { UsedParts } from "../sandbox/start-parts.ts";
import { print } from "../context/context.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/columns.ts";
import { appliedIncident } from "../incident/incident-state.ts";
import { clusterDrift, stateText } from "../incident/read-state.ts";
import { openSession } from "../stack/stack-session.ts";
import { stackLinks } from "../pulumi/stack-outputs.ts";
import { stackHint } from "../stack/hints.ts";
import type { Context } from "../context/context.ts";

interface UpRequest {
  readonly stack: string;
  readonly refresh: boolean;
  readonly policies: boolean;
  readonly diff: boolean;
  readonly retryDownloads: boolean;
  readonly dryRun: boolean;
}

/** Installs tools, starts the sandbox's parts, deploys, and prints where everything is. */
export async function runUp(
  { stack, dryRun, retryDownloads, refresh, policies, diff }: UpRequest,
  context: Context,
): Promise<number> {
  const session = await openSession({ stack, dryRun }, context);
  const parts = await startParts(session, retryDownloads);
  const options = { refresh, withPolicies: policies, diff };
  const unchanged = await updateStack(session, parts, options);

  if (dryRun) return exitCodes.ok;
  const state = (await stateText(session)) ?? "{}";
  const { incident = "unknown" } = appliedIncident(state);
  // an update without a refresh does not look at the cluster
  const drifted = unchanged ? await clusterDrift(session) : [];
  for (const line of resultLines(unchanged, drifted, stackHint(stack))) print(context, line);
  const rows = [...placeRows(parts, state, stackHint(stack)), ["incident", incident]];
  for (const line of columns(rows)) print(context, line);
  print(context, "\nnext:");
  for (const line of columns(nextCommands(incident, stackHint(stack)))) print(context, line);
  return exitCodes.ok;
}

function resultLines(unchanged: boolean, drifted: readonly string[], hint: string): string[] {
  if (drifted.length === 0) {
    return [unchanged ? "\nno changes: the shop is as declared" : "\nthe shop is as declared"];
  }
  return [
    "\nno changes in the stack, but the cluster differs from it:",
    ...drifted.map((line) => `! ${line}`),
    `./lab up --refresh${hint} restores what the stack declares`,
  ];
}

/** Where everything is: the sandbox's parts, then what the stack says of itself. */
function placeRows(parts: UsedParts, state: string, hint: string): string[][] {
  const { frontEnd, dashboards, monitors } = stackLinks(state);
  return [
    ...partLines(parts),
    // in the sandbox the part `shop` is the front-end
    ...(frontEnd === undefined || parts.has("shop") ? [] : [["shop", frontEnd]]),
    ...dashboards.map((url, index) =>
      index === 0 ? ["dashboards", `${dashboards.length} of them`, url] : ["", "", url],
    ),
    ...(monitors === 0 ? [] : [["monitors", `${monitors} of them`, `./lab monitors${hint}`]]),
  ];
}

function nextCommands(incident: string, hint: string): string[][] {
  const toggle =
    incident === "none"
      ? [`./lab incident enter payment-down${hint}`, "remove payment's pods, put load on the shop"]
      : [`./lab incident leave${hint}`, "restore payment, stop the load"];
  return [
    toggle,
    [`./lab incident status${hint}`, "compare the flag, the last update and the cluster"],
    [`./lab shell${hint}`, "open a shell where pulumi and kubectl are set up"],
  ];
}
