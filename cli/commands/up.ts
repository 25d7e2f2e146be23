import { defineCommand, flag } from "../framework/command.ts";
import { diffOption, dryRunOption, stackOption } from "../framework/shared-options.ts";

export const up = defineCommand({
  name: "up",
  summary: "install missing tools, start the sandbox, deploy the stack",
  options: {
    stack: stackOption,
    refresh: flag("read the real resources first, and undo changes made by hand"),
    policies: flag("check the policies first in the sandbox as well"),
    diff: diffOption,
    retryDownloads: flag("retry official downloads that a stand-in replaced"),
    dryRun: dryRunOption,
  },
  details:
    "Starts only the parts of the sandbox that the stack uses: a stack with its own kubeContext or " +
    "Datadog site is deployed there, and the policies are checked first. Recovers from an " +
    "interrupted update first.",
  examples: [
    ["./lab up", "run everything on this machine"],
    ["./lab up --refresh", "also undo changes made with kubectl"],
    ["./lab up --stack dev", "deploy to your own cluster and Datadog account"],
  ],
  run: async (given, context) => (await import("../actions/up.ts")).runUp(given, context),
});
