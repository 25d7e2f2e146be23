import { join } from "node:path";
import { print } from "../context/context.ts";
import { stateText } from "../incident/read-state.ts";
import { openSession } from "../stack/stack-session.ts";
import { notDeployed } from "../stack/hints.ts";
import type { Context } from "../context/context.ts";

interface ShellRequest {
  /** A program and its arguments; a shell where it is empty. */
  readonly command: readonly string[];
  readonly stack: string;
}

/** Runs a shell, or one command, in the environment of the stack. */
export async function runShell(
  { command, stack }: ShellRequest,
  context: Context,
): Promise<number> {
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
}

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
