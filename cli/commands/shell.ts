import { join } from "node:path";
import { stackOption } from "../framework/command.ts";
import type { Command } from "../framework/command.ts";
import { print } from "../context/context.ts";
import { stateText } from "../incident/read-state.ts";
import { openSession } from "../stack/stack-session.ts";
import { notDeployed } from "../stack/hints.ts";

export const shell: Command = {
  name: "shell",
  summary: "open a shell where pulumi and kubectl are set up for the stack",
  words: [],
  rest: "command",
  options: [stackOption],
  details: "With -- it runs one command there instead and hands on its exit code.",
  examples: [
    ["./lab shell", "then: pulumi config set incident payment-down && pulumi up"],
    ["./lab shell -- kubectl get pods -n sock-shop", "one command"],
  ],
  async run(invocation, context) {
    const session = await openSession(invocation, context);
    const { targets, env } = session;
    const { run, root } = context;
    const [file, ...args] = invocation.rest;
    if (targets.kubeContext === undefined && asksTheStack(file)) {
      const state = await stateText(session);
      if (state === undefined) context.stderr.write(`lab: ${notDeployed(targets.stack)}\n`);
    }
    const inStack = { ...env, PULUMI_STACK: targets.stack };
    if (file !== undefined) return await run.attach({ file, args, cwd: root, env: inStack });
    print(context, `pulumi and kubectl are set up for stack ${targets.stack}; exit goes back`);
    return await run.attach({
      ...interactive(context.env["SHELL"], root),
      cwd: root,
      env: inStack,
    });
  },
};

/** Whether somebody there expects to find the stack; other programs only want the environment. */
function asksTheStack(program: string | undefined): boolean {
  return program === undefined || program === "pulumi" || program === "kubectl";
}

/** bash forgets a prompt it is given by the environment, so it gets a start file. */
function interactive(userShell = "/bin/sh", root: string): { file: string; args: string[] } {
  const isBash = userShell.endsWith("/bash");
  const args = isBash ? ["--rcfile", join(root, "cli", "shell-prompt.bash"), "-i"] : ["-i"];
  return { file: userShell, args };
}
