import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sandboxPaths } from "../../sandbox/host/paths.ts";
import type { SandboxPaths } from "../../sandbox/host/paths.ts";
import { didYouMean } from "../../settings/did-you-mean.ts";
import { colourArguments } from "../context/colours.ts";
import { print } from "../context/context.ts";
import type { Context } from "../context/context.ts";
import { stackEnvironment } from "./environment.ts";
import type { Environment } from "../context/run-program.ts";
import { Failure, UsageFailure } from "../context/errors.ts";
import { commandLine } from "../context/run-program.ts";
import type { Captured, Program } from "../context/run-program.ts";
import { stackFile, stackTargets } from "./stack-config.ts";
import type { StackTargets } from "./stack-config.ts";

/** One command at work on one stack. */
export interface Session {
  readonly context: Context;
  readonly targets: StackTargets;
  readonly paths: SandboxPaths;

  /** Environment of the programs that are run for the stack. */
  readonly env: Environment;

  /** Print commands instead of running them. */
  readonly dryRun: boolean;
}

/** What of a command line a session is made of. */
interface Wanted {
  readonly stack: string;

  /** @default false */
  readonly dryRun?: boolean;
}

/** @throws Failure if there is no such stack or its file cannot be read */
export async function openSession(wanted: Wanted, context: Context): Promise<Session> {
  const { root, env: base, node } = context;
  const targets = await readTargets(root, wanted.stack);
  const paths = sandboxPaths(root, base);
  const env = stackEnvironment(targets, { paths, node, base });
  return { context, targets, paths, env, dryRun: wanted.dryRun ?? false };
}

/** Runs pulumi on the user's terminal. */
export async function pulumi(
  session: Session,
  args: readonly string[],
  extraEnv: Environment = {},
): Promise<number> {
  const { context, env, dryRun } = session;
  if (dryRun) {
    print(context, commandLine("pulumi", args));
    return 0;
  }
  const program = programOf(session, "pulumi", [...args, ...colourArguments(context.env)]);
  return await context.run.attach({ ...program, env: { ...env, ...extraEnv } });
}

/** Runs pulumi on the user's terminal and fails with it. */
export async function mustPulumi(session: Session, args: readonly string[]): Promise<void> {
  const code = await pulumi(session, args);
  if (code !== 0) {
    throw new Failure(`pulumi ${args[0] ?? ""} failed with exit code ${code}; it says why above`);
  }
}

/** Runs a program that only asks something, and collects its answer. */
export async function ask(
  session: Session,
  file: string,
  args: readonly string[],
): Promise<Captured> {
  return await session.context.run.capture(programOf(session, file, args));
}

/** Arguments that make kubectl talk to the stack's cluster and to no other, as the stack does. */
function kubectlTarget({ targets, paths, env }: Session): string[] {
  if (targets.kubeContext === undefined) return ["--kubeconfig", paths.kubeconfig];
  const kubeconfig = targets.kubeconfig ?? "~/.kube/config";
  const file = kubeconfig.replace(/^~(?=\/)/, env["HOME"] ?? "~");
  return ["--kubeconfig", file, "--context", targets.kubeContext];
}

/** Asks kubectl about the stack's cluster. */
export async function kubectl(session: Session, args: readonly string[]): Promise<Captured> {
  return await ask(session, "kubectl", [...kubectlTarget(session), ...args]);
}

function programOf(session: Session, file: string, args: readonly string[]): Program {
  return { file, args, cwd: session.context.root, env: session.env };
}

async function readTargets(root: string, stack: string): Promise<StackTargets> {
  const files = await readdir(root);
  const stacks = files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
  if (!stacks.includes(stack)) {
    const known = stacks.length === 0 ? "there is none" : `there are ${stacks.join(", ")}`;
    const guess = didYouMean(stack, stacks);
    throw new UsageFailure(`no stack "${stack}" (${stackFile(stack)}): ${known}${guess}`);
  }
  return stackTargets(stack, await readFile(join(root, stackFile(stack)), "utf8"));
}
