import { defineCommand } from "../framework/command.ts";
import { dryRunOption } from "../framework/shared-options.ts";

export const clean = defineCommand({
  name: "clean",
  summary: "run down, and remove the cache folder with all installed tools",
  options: { dryRun: dryRunOption },
  details:
    "All checkouts of this user share the cache folder. The next ./lab up installs the tools again.",
  examples: [["./lab clean", "remove everything of the sandbox from this machine"]],
  run: async (given, context) => (await import("../actions/clean.ts")).runClean(given, context),
});
