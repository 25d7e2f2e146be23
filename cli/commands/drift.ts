import { defineCommand } from "../framework/command.ts";
import { jsonOption, stackOption } from "../framework/shared-options.ts";

export const drift = defineCommand({
  name: "drift",
  summary: "compare the real resources with what the stack declares",
  options: { stack: stackOption, json: jsonOption },
  details:
    "Reads every object from the cluster and from Datadog, and previews the stack against them " +
    "with the policies. Changes nothing. Exit code 1 if an object differs or is missing, or if a " +
    "mandatory policy is violated.",
  examples: [
    ["./lab drift", "show changes made by hand, property by property"],
    ["./lab drift --stack dev", "check in a nightly job"],
  ],
  run: async (given, context) => (await import("../actions/drift.ts")).runDrift(given, context),
});
