import { join } from "node:path";
import { defineCommand, passthroughArgument } from "../framework/command.ts";
import { stackOption } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { stateText } from "../incident/read-state.ts";
import { openSession } from "../stack/stack-session.ts";
import { notDeployed } from "../stack/hints.ts";

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
  async run({ command, stack }, context) {
    const session = await openSession({ stack }, context);
    const { targets, env } = session;
    const { run, root } = context;
    const [file, ...args] = command;
    if (targets.kubeContext === undefined && usesStack(file)) {
      const state = await stateText(session);
      if (state === undefined) context.stderr.write(`lab: ${notDeployed(targets.stack)}\n`);
    }
    const inStack = { ...env, PULUMI_STACK: targets.stack };
    if (file !== undefined) return await run.attach({ file, args, cwd: root, env: inStack });
    print(context, `pulumi and kubectl are set up for stack ${targets.stack}; type exit to leave`);
    return await run.attach({
      ...interactive(context.env["SHELL"], root),
      cwd: root,
      env: inStack,
    });
  },
});

/** Whether the program works on the deployed stack; others need the environment alone. */
function usesStack(program: string | undefined): boolean {
  return program === undefined || program === "pulumi" || program === "kubectl";
}

/** bash overwrites a prompt from the environment at its start, so it gets a start file. */
function interactive(userShell = "/bin/sh", root: string): { file: string; args: string[] } {
  const isBash = userShell.endsWith("/bash");
  const args = isBash ? ["--rcfile", join(root, "cli", "shell-prompt.bash"), "-i"] : ["-i"];
  return { file: userShell, args };
}
