import { defineCommand } from "../framework/command.ts";
import { jsonOption } from "../framework/shared-options.ts";

export const contract = defineCommand({
  name: "contract",
  summary: "prove that the flag changes nothing but the incident",
  options: { json: jsonOption },
  details:
    "Previews stack sandbox in every incident state and compares each state with every other. " +
    "Each difference must be on the list of what an incident may change: exit code 1 if anything " +
    "else differs, such as the agent or a monitor. Deploys nothing.",
  examples: [
    ["./lab contract", "show a table of all changes of the flag"],
    ["./lab contract --json", "show each resource, operation and property"],
  ],
  run: async (given, context) =>
    (await import("../actions/contract.ts")).runContract(given, context),
});
