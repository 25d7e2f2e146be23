import { updateStack } from "../pulumi/update-stack.ts";
import { partLines, startParts } from "../sandbox/start-parts.ts";
import type { UsedParts } from "../sandbox/start-parts.ts";
import { diffOption, dryRunOption, stackOption } from "../framework/command.ts";
import type { Command, OptionSpec } from "../framework/command.ts";
import { print } from "../context/context.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/help.ts";
import { appliedIncident } from "../incident/incident-state.ts";
import { stateText } from "../incident/read-state.ts";
import { openSession } from "../stack/stack-session.ts";
import { stackLinks } from "../pulumi/stack-outputs.ts";
import { stackHint } from "../stack/hints.ts";

const refreshOption: OptionSpec = {
  name: "refresh",
  help: "compare with what really runs first, and put back what was changed by hand",
};

const policiesOption: OptionSpec = {
  name: "policies",
  help: "let the policies judge first in the sandbox, too, as on your own cluster and account",
};

const retryOption: OptionSpec = {
  name: "retry-downloads",
  help: "try again to download what a stand-in was placed for",
};

export const up: Command = {
  name: "up",
  summary: "bring what is missing, start the sandbox, apply the stack",
  words: [],
  options: [stackOption, refreshOption, policiesOption, diffOption, retryOption, dryRunOption],
  details:
    "Parts of the sandbox are started only where the stack uses them: a stack that names its own\n" +
    "kubeContext or Datadog site is applied there. An update that was killed is mended first.",
  examples: [
    ["./lab up", "everything on this machine"],
    ["./lab up --refresh", "also undo what somebody changed with kubectl"],
    ["./lab up --stack dev", "on your own cluster and Datadog account"],
  ],
  async run(invocation, context) {
    const session = await openSession(invocation, context);
    const { stack } = session.targets;

    const parts = await startParts(session, invocation.switches.has(retryOption.name));
    const unchanged = await updateStack(session, parts, {
      refresh: invocation.switches.has(refreshOption.name),
      withPolicies: invocation.switches.has(policiesOption.name),
      diff: invocation.switches.has(diffOption.name),
    });

    if (session.dryRun) return exitCodes.ok;
    const state = (await stateText(session)) ?? "{}";
    const { incident = "unknown" } = appliedIncident(state);
    print(
      context,
      unchanged ? "\nno changes: the shop is as declared" : "\nthe shop is as declared",
    );
    const rows = [...placeRows(parts, state, stackHint(stack)), ["incident", incident]];
    for (const line of columns(rows)) print(context, line);
    print(context, "\nnext:");
    for (const line of columns(nextCommands(incident, stackHint(stack)))) print(context, line);
    return exitCodes.ok;
  },
};

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
      ? [`./lab incident enter payment-down${hint}`, "take payment away, put load on the shop"]
      : [`./lab incident leave${hint}`, "bring payment back, stop the load"];
  return [
    toggle,
    [`./lab incident status${hint}`, "what is asked for, what is applied, what really runs"],
    [`./lab shell${hint}`, "a shell where pulumi and kubectl are set up"],
  ];
}
