import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../context/context.ts";
import { isNoOp, updateSummary } from "./update-summary.ts";
import { Failure } from "../context/errors.ts";
import { readCheckpoint } from "./file-backend.ts";
import { mendInterrupted } from "./recover-update.ts";
import { createStackArguments, upArguments } from "./arguments.ts";
import type { UpOptions } from "./arguments.ts";
import type { PartOptions, RunningPart } from "../context/sandbox.ts";
import { mustPulumi, pulumi } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";
import { serversOf } from "../sandbox/servers.ts";
import type { ServerSpec } from "../sandbox/servers.ts";
import { settledPods } from "../sandbox/order-ledger.ts";
import { stackHint } from "../stack/stack-config.ts";

/** The sandbox's parts that a stack uses, by name: `cluster` and those of `serversOf`. */
export type UsedParts = ReadonlyMap<string, RunningPart>;

/** What the parts of the sandbox get to know in this session. */
export function partOptions({ context, paths, site }: Session): PartOptions {
  const { env, node, stdout, terminal } = context;
  return {
    paths,
    env,
    node,
    terminal,
    ownCluster: site.kubeContext === undefined,
    write: (text) => {
      stdout.write(text);
    },
  };
}

/**
 * Brings the tools and starts those parts of the sandbox that the stack uses.
 *
 * @param retryStandIns try the official downloads again where a stand-in was placed
 */
export async function startParts(session: Session, retryStandIns = false): Promise<UsedParts> {
  const { context, site, dryRun } = session;
  const { kubeContext } = site;
  const servers = serversOf(site);
  if (dryRun) {
    say(context, "# bring the tools that are missing");
    if (kubeContext === undefined) say(context, "# start the sandbox's cluster");
    for (const { title, ports } of servers) {
      say(context, `# start ${title} on port ${ports.map(({ port }) => port).join(" and ")}`);
    }
    return new Map();
  }
  const { sandbox } = context;
  const options = partOptions(session);
  if (kubeContext === undefined && hasSpace(options.paths.kwokDir)) {
    throw new Failure(`kwokctl cannot work in ${options.paths.kwokDir}: ${spaceRemedy}`);
  }
  const tools = await sandbox.bringToolchain(options, retryStandIns);
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

/** kwokctl splits the commands of the components at spaces. */
export function hasSpace(folder: string): boolean {
  return /\s/.test(folder);
}

/** What mends a folder with a space. */
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
  const { context, site } = session;
  const { sandbox } = context;
  const options = partOptions(session);
  const looks = [
    ...(site.kubeContext === undefined ? [["cluster", sandbox.findCluster(options)] as const] : []),
    ...serversOf(site).map((one) => [one.name, sandbox.findServer(options, one)] as const),
  ];
  const names = looks.map(([name]) => name);
  const parts = named(names, await Promise.all(looks.map(([, part]) => part)));
  return { parts, missing: names.filter((name) => !parts.has(name)) };
}

/** Runs `pulumi up`; returns true when nothing had to change. */
export async function updateStack(
  session: Session,
  parts: UsedParts,
  options: Omit<UpOptions, "stack"> = {},
): Promise<boolean> {
  const existed = await createStack(session);
  await mendInterrupted(session);
  // what a state of before says about a new cluster is wrong throughout
  const refresh = options.refresh === true || (existed && parts.get("cluster")?.isNew === true);
  const { stack, kubeContext, datadogPort } = session.site;
  const pluginsReady = kubeContext === undefined;
  // in the sandbox there is nothing to protect, and judging doubles the time
  const ownPlace = kubeContext !== undefined || datadogPort === undefined;
  const judged = options.judged === true || ownPlace;
  const args = upArguments({ ...options, stack, refresh, judged, pluginsReady });
  if (session.dryRun) return (await pulumi(session, args)) === 0;
  const folder = await mkdtemp(join(tmpdir(), "sock-shop-"));
  try {
    const log = join(folder, "events.jsonl");
    // the flag of the event log exists only with this variable; the Automation API sets it, too
    const env = { PULUMI_DEBUG_COMMANDS: "true" };
    const code = await pulumi(session, [...args, "--event-log", log], env);
    if (code !== 0) throw await updateFailure(session, code);
    await settleShop(session);
    // without a log nobody can say "no changes", and nothing else hangs on it
    const summary = updateSummary(await readFile(log, "utf8").catch(() => ""));
    return summary !== undefined && isNoOp(summary);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits for the shop's programs, so that what is said next is true; names those that do not run. */
async function settleShop({ context, site }: Session): Promise<void> {
  if (site.shop === undefined) return;
  const { pods } = context.sandbox.shop(site.shop.controlPort);
  for (const trouble of await settledPods(pods, context.pause)) say(context, `! ${trouble}`);
}

/** Makes sure that the stack exists; returns whether it did. */
export async function createStack(session: Session): Promise<boolean> {
  const { site, paths, dryRun } = session;
  if (site.kubeContext === undefined) {
    if ((await readCheckpoint(paths.backendDir, site.stack)) !== undefined) return true;
    if (!dryRun) await mkdir(paths.backendDir, { recursive: true });
  }
  await mustPulumi(session, createStackArguments(site.stack));
  return false;
}

/** Names a part of the sandbox that went away in the middle; else points at pulumi's own words. */
async function updateFailure(session: Session, code: number): Promise<Failure> {
  const { site } = session;
  const titles = new Map([
    ["cluster", "the sandbox's cluster"],
    ...serversOf(site).map(
      ({ name, title, ports }) =>
        [name, `${title} on port ${ports.map(({ port }) => port).join(" and ")}`] as const,
    ),
  ]);
  const { missing } = await findParts(session);
  const gone = missing.map((part) => `${titles.get(part) ?? part} no longer answers`);
  const cause = gone.length === 0 ? "it says why above" : gone.join(" and ");
  return new Failure(
    `pulumi up failed with exit code ${code}: ${cause}; ` +
      `mend the cause, then ./lab up${stackHint(site.stack)} finishes what is half done`,
  );
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
