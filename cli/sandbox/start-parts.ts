import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { portConflict } from "../../settings/defaults.ts";
import { print } from "../context/context.ts";
import { Failure } from "../context/errors.ts";
import type { PartOptions, RunningPart } from "../context/sandbox.ts";
import type { Session } from "../stack/stack-session.ts";
import { otherDeployedStacks } from "../pulumi/file-backend.ts";
import { stackHint } from "../stack/hints.ts";
import { stackFile, stackTargets } from "../stack/stack-config.ts";
import { serversOf } from "./servers.ts";
import type { ServerSpec } from "../context/sandbox.ts";

/** The sandbox's parts that a stack uses, by name: `cluster` and those of `serversOf`. */
export type UsedParts = ReadonlyMap<string, RunningPart>;

/** What the parts of the sandbox get to know in this session. */
export function partOptions({ context, paths, targets }: Session): PartOptions {
  const { env, node, stdout, terminal } = context;
  return {
    paths,
    env,
    node,
    terminal,
    ownCluster: targets.kubeContext === undefined,
    write: (text) => {
      stdout.write(text);
    },
  };
}

/**
 * Installs missing tools and starts those parts of the sandbox that the stack uses.
 *
 * @param retryStandIns retry official downloads that a stand-in replaced
 */
export async function startParts(session: Session, retryStandIns = false): Promise<UsedParts> {
  const { context, targets, dryRun } = session;
  const { kubeContext } = targets;
  await assertRoom(session);
  const servers = serversOf(targets);
  if (dryRun) {
    print(context, "# install the missing tools");
    if (kubeContext === undefined) print(context, "# start the sandbox's cluster");
    for (const { title, ports } of servers) {
      print(context, `# start ${title} on port ${ports.map(({ port }) => port).join(" and ")}`);
    }
    return new Map();
  }
  const { sandbox } = context;
  const options = partOptions(session);
  if (kubeContext === undefined && hasSpace(options.paths.kwokDir)) {
    throw new Failure(`kwokctl cannot work in ${options.paths.kwokDir}: ${spaceRemedy}`);
  }
  const tools = await sandbox.installToolchain(options, retryStandIns);
  const cluster = kubeContext === undefined ? sandbox.startCluster(options, tools) : undefined;
  const start = async (server: ServerSpec): Promise<RunningPart> => {
    // one that followed a cluster of before would never see this one
    if (server.needsCluster && (await cluster)?.isNew === true) {
      await sandbox.stopServer(options, server);
    }
    return await sandbox.startServer(options, server);
  };
  const names = ["cluster", ...servers.map(({ name }) => name)];
  return named(names, await allOrFirstFailure([cluster, ...servers.map(start)]));
}

/** @throws Failure if the sandbox has no port for a server, or another stack in it */
async function assertRoom(session: Session): Promise<void> {
  const { kubeContext, file, datadogPort, shop } = session.targets;
  const conflict = shop && portConflict(datadogPort, shop);
  if (conflict) throw new Failure(`${file}: sock-shop:frontEndUrl: ${conflict}`);
  if (kubeContext === undefined) await assertAlone(session);
}

/**
 * The ports, the cluster and the agent are of one stack. Others may share the cluster as one of their
 * own, by the name of its context.
 */
async function assertAlone({ targets, paths, context: { root } }: Session): Promise<void> {
  const deployed = await otherDeployedStacks(paths.backendDir, targets.stack);
  const sharing = await Promise.all(deployed.map((stack) => namesCluster(root, stack)));
  const other = deployed.find((_, index) => sharing[index] !== true);
  if (other === undefined) return;
  throw new Failure(
    `stack ${targets.stack} cannot use the sandbox: stack ${other} is deployed there, and a ` +
      `sandbox runs one; first run ./lab down${stackHint(other)}, or set ` +
      `sock-shop:kubeContext in ${targets.file} to a cluster of your own; to share this one, see ` +
      "docs/workshop.md",
  );
}

/** Whether a stack's file names its cluster; not where there is none, or it cannot be read. */
async function namesCluster(root: string, stack: string): Promise<boolean> {
  try {
    const text = await readFile(join(root, stackFile(stack)), "utf8");
    return stackTargets(stack, text).kubeContext !== undefined;
  } catch {
    return false;
  }
}

/** kwokctl splits the commands of the components at spaces. */
export function hasSpace(folder: string): boolean {
  return /\s/.test(folder);
}

/** What fixes a folder with a space. */
export const spaceRemedy = "move the checkout to a folder without spaces in its path";

function named(names: readonly string[], parts: readonly (RunningPart | undefined)[]): UsedParts {
  return new Map(
    names.flatMap((name, index) => {
      const part = parts[index];
      return part === undefined ? [] : [[name, part] as const];
    }),
  );
}

/** Looks which of the sandbox's parts that the stack uses run. */
export async function findParts(
  session: Session,
): Promise<{ parts: UsedParts; missing: string[] }> {
  const { context, targets } = session;
  const { sandbox } = context;
  const options = partOptions(session);
  const looks = [
    ...(targets.kubeContext === undefined
      ? [["cluster", sandbox.findCluster(options)] as const]
      : []),
    ...serversOf(targets).map((one) => [one.name, sandbox.findServer(options, one)] as const),
  ];
  const names = looks.map(([name]) => name);
  const parts = named(names, await Promise.all(looks.map(([, part]) => part)));
  return { parts, missing: names.filter((name) => !parts.has(name)) };
}

/** One row per part: what, where, more. */
export function partLines(parts: UsedParts): string[][] {
  return [...parts].map(([name, { address, pid, detail }]) => [
    name,
    address,
    [detail, ...(pid === undefined ? [] : [`pid ${pid}`])].join(", "),
  ]);
}

/** Like Promise.all, but lets every part come to rest first, so that none is cut off half-way. */
async function allOrFirstFailure<T extends readonly unknown[]>(
  parts: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(parts);
  const failed = settled.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  return await Promise.all(parts);
}
