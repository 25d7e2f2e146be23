import { argument, defineCommand } from "../../framework/command.ts";
import { diffOption, dryRunOption, stackOption } from "../../framework/shared-options.ts";
import { readState, staged } from "./staged-states.ts";

export const incidentEnter = defineCommand({
  name: "incident enter",
  summary: "stage an incident: set the flag and deploy",
  arguments: {
    state: argument({
      placeholder: "state",
      help:
        "payment-down (no pods), payment-slow (orders time out), payment-errors (HTTP 500) or " +
        "shipping-slow (money taken, order lost)",
      suggestions: () => staged,
      read: readState,
    }),
  },
  options: { stack: stackOption, diff: diffOption, dryRun: dryRunOption },
  details:
    "To change the delay, the status code and the share of calls that fail, see group faults in " +
    "docs/configuration.md.\n\n" +
    "The flag is saved in the stack's file first and keeps its new value if the update fails; " +
    "./lab up then finishes the update. By hand, in ./lab shell:\n" +
    "pulumi config set incident payment-down && pulumi up",
  examples: [
    ["./lab incident enter payment-down", "scale payment to 0 pods, then order socks"],
    ["./lab incident enter payment-slow", "delay payment by a proxy, then order socks"],
    ["./lab incident enter payment-down --diff", "the same, and show every change"],
  ],
  run: async (given, context) =>
    (await import("../../actions/incident/enter.ts")).runIncidentEnter(given, context),
});
