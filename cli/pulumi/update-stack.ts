import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../sandbox/host/temporary-folder.ts";
import { print } from "../context/context.ts";
import { isNoOp, updateSummary } from "./update-summary.ts";
import { Failure } from "../context/errors.ts";
import { readCheckpoint, restoreCheckpoint } from "./file-backend.ts";
import { withUpdateLock } from "./update-lock.ts";
import { adoptUnconfirmed, recoverInterruptedUpdate } from "./recover-update.ts";
import { createStackArguments, upArguments } from "./arguments.ts";
import type { UpOptions } from "./arguments.ts";
import { mustPulumi, pulumi } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";
import { serversOf } from "../sandbox/servers.ts";
import { settledPods } from "../sandbox/settled-pods.ts";
import { findParts } from "../sandbox/start-parts.ts";
import type { UsedParts } from "../sandbox/start-parts.ts";
import { stackHint } from "../stack/hints.ts";

/** Runs `pulumi up`; returns true when nothing had to change. */
export async function updateStack(
  session: Session,
  parts: UsedParts,
  options: Omit<UpOptions, "stack"> = {},
): Promise<boolean> {
  return await withUpdateLock(session, () => runUpdate(session, parts, options));
}

async function runUpdate(
  session: Session,
  parts: UsedParts,
  options: Omit<UpOptions, "stack">,
): Promise<boolean> {
  const isOld = await prepareState(session, parts);
  const refresh = isOld || options.refresh === true;
  const { stack, kubeContext, datadogPort } = session.targets;
  const pluginsReady = kubeContext === undefined;
  // in the sandbox there is nothing to protect, and judging doubles the time
  const ownPlace = kubeContext !== undefined || datadogPort === undefined;
  const withPolicies = options.withPolicies === true || ownPlace;
  const args = upArguments({ ...options, stack, refresh, withPolicies, pluginsReady });
  if (session.dryRun) return (await pulumi(session, args)) === 0;
  const folder = await temporaryFolder();
  try {
    const log = join(folder, "events.jsonl");
    // the flag of the event log exists only with this variable; the Automation API sets it, too
    const env = { PULUMI_DEBUG_COMMANDS: "true" };
    const code = await pulumi(session, [...args, "--event-log", log], env);
    // without a log nobody can say "no changes", and nothing else hangs on it
    const events = await readFile(log, "utf8").catch(() => "");
    if (code !== 0) {
      const failure = await updateFailure(session, code);
      await adoptUnconfirmed(session, events).catch((error: unknown) => {
        print(session.context, `! what failed was not looked for: ${(error as Error).message}`);
      });
      throw failure;
    }
    await settleShop(session);
    const summary = updateSummary(events);
    return summary !== undefined && isNoOp(summary);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns whether the state is older than what is there, so that an update has to look first */
async function prepareState(session: Session, parts: UsedParts): Promise<boolean> {
  const restored = await restoreState(session);
  const existed = await createStack(session);
  await recoverInterruptedUpdate(session);
  // what a state of before says about a new cluster is wrong throughout
  return restored || (existed && parts.get("cluster")?.isNew === true);
}

/** Waits for the shop's programs, so that what is said next is true; names those that do not run. */
async function settleShop({ context, targets }: Session): Promise<void> {
  if (targets.shop === undefined) return;
  const { pods } = context.sandbox.shop(targets.shop.controlPort);
  for (const trouble of await settledPods(pods, context.sleep)) print(context, `! ${trouble}`);
}

/** @returns whether the state was cut off and Pulumi's own copy has replaced it */
export async function restoreState({ context, targets, paths, dryRun }: Session): Promise<boolean> {
  if (dryRun || targets.kubeContext !== undefined) return false;
  const restored = await restoreCheckpoint(paths.backendDir, targets.stack);
  if (restored) {
    print(context, "the state was cut off; restored Pulumi's copy of the step before");
  }
  return restored;
}

/** Makes sure that the stack exists; returns whether it did. */
export async function createStack(session: Session): Promise<boolean> {
  const { targets, paths, dryRun } = session;
  if (targets.kubeContext === undefined) {
    if ((await readCheckpoint(paths.backendDir, targets.stack)) !== undefined) return true;
    if (!dryRun) await mkdir(paths.backendDir, { recursive: true });
  }
  await mustPulumi(session, createStackArguments(targets.stack));
  return false;
}

/** Names a part of the sandbox that went away in the middle; else points at pulumi's own words. */
async function updateFailure(session: Session, code: number): Promise<Failure> {
  const { targets } = session;
  const titles = new Map([
    ["cluster", "the sandbox's cluster"],
    ...serversOf(targets).map(
      ({ name, title, ports }) =>
        [name, `${title} on port ${ports.map(({ port }) => port).join(" and ")}`] as const,
    ),
  ]);
  const { missing } = await findParts(session);
  const gone = missing.map((part) => `${titles.get(part) ?? part} no longer answers`);
  const cause = gone.length === 0 ? "it says why above" : gone.join(" and ");
  return new Failure(
    `pulumi up failed with exit code ${code}: ${cause}; ` +
      `fix the cause, then run ./lab up${stackHint(targets.stack)} to finish the update`,
  );
}
