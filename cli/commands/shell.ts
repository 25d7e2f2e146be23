import { defineCommand, passthroughArgument } from "../framework/command.ts";
import { stackOption } from "../framework/shared-options.ts";

export const shell = defineCommand({
  name: "shell",
  summary: "open a shell where pulumi and kubectl are set up for the stack",
  arguments: {
    command: passthroughArgument({
      placeholder: "command",
      help: "program to run instead of a shell, and its arguments",
    }),
  },
  options: { stack: stackOption },
  details: "With -- it runs one command instead of a shell and returns its exit code.",
  examples: [
    ["./lab shell", "then for example: pulumi preview"],
    ["./lab shell -- kubectl get pods -n sock-shop", "run one command"],
  ],
  run: async (given, context) => (await import("../actions/shell.ts")).runShell(given, context),
});
