import { defineCommand } from "../framework/command.ts";
import { jsonOption, stackOption } from "../framework/shared-options.ts";

export const status = defineCommand({
  name: "status",
  summary: "show the sandbox's parts, the deployed stack and what became of every order",
  options: { stack: stackOption, json: jsonOption },
  details:
    "Ends with the shop's own ledger: what really became of every order since the shop started. " +
    "Exit code 1 if a part that the stack uses does not run.",
  examples: [["./lab status", "show cluster, Datadog stand-in, shop and stack"]],
  run: async (given, context) => (await import("../actions/status.ts")).runStatus(given, context),
});
