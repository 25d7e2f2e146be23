import { defineCommand } from "../framework/command.ts";
import { dryRunOption, stackOption } from "../framework/shared-options.ts";

export const down = defineCommand({
  name: "down",
  summary: "destroy the stack, stop the sandbox, leave nothing behind",
  options: { stack: stackOption, dryRun: dryRunOption },
  details:
    "For a stack on your own cluster, only the stack is destroyed: the cluster stays. The sandbox " +
    "stays while another stack is deployed in it. Installed tools stay in the cache folder; " +
    "./lab clean removes them as well.",
  examples: [
    ["./lab down", "remove the sandbox of this checkout"],
    ["./lab down --stack dev", "remove the stack from your own cluster and account"],
  ],
  run: async (given, context) => (await import("../actions/down.ts")).runDown(given, context),
});
