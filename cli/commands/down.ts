import { dryRunOption, stackOption } from "../framework/command.ts";
import type { Command } from "../framework/command.ts";
import { exitCodes } from "../context/errors.ts";
import { openSession } from "../stack/stack-session.ts";
import { destroyStack } from "../pulumi/destroy-stack.ts";

export const down: Command = {
  name: "down",
  summary: "destroy the stack, stop the sandbox, leave nothing behind",
  words: [],
  options: [stackOption, dryRunOption],
  details:
    "A stack on your own cluster is destroyed; the cluster itself is never touched.\n" +
    "Downloaded tools stay in the cache folder; ./lab clean drops them, too.",
  examples: [
    ["./lab down", "end of the sandbox of this checkout"],
    ["./lab down --stack dev", "remove the stack from your own cluster and account"],
  ],
  async run(invocation, context) {
    await destroyStack(await openSession(invocation, context));
    return exitCodes.ok;
  },
};
