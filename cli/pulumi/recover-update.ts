import { rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { temporaryFolder } from "../../sandbox/host/temporary-folder.ts";
import { print } from "../context/context.ts";
import { Failure } from "../context/errors.ts";
import { datadogAccess } from "../datadog/account.ts";
import { canBeFound, findDatadogObject } from "./datadog-objects.ts";
import { failedCreations, readEventLog } from "./event-log.ts";
import type { FailedCreation } from "./event-log.ts";
import { readCheckpoint, readLocks, readPendingOperations } from "./file-backend.ts";
import { readState, resourceName } from "./state-file.ts";
import { kubernetesObject, withAdopted } from "./pending-operations.ts";
import type {
  Adoption,
  PendingCreation,
  PendingOperations,
  StackLock,
} from "./pending-operations.ts";
import {
  cancelArguments,
  exportArguments,
  importArguments,
  refreshArguments,
} from "./arguments.ts";
import { UpdateRunning } from "./update-lock.ts";
import { ask, kubectl, mustPulumi } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";

/**
 * How long the providers of a killed engine may still be at work: they let running calls end, and an
 * object that such a call creates after we looked would be in nobody's state.
 */
const providersRestMs = 5_000;

/**
 * Clears what a killed update left in the sandbox's own state: its lock, and operations that were
 * begun and never confirmed. Without this, the engine refuses the next update or repeats a creation
 * that went through. State elsewhere is the user's and is left alone.
 *
 * @throws Failure if another update is at work now
 */
export async function recoverInterruptedUpdate(session: Session): Promise<void> {
  const { context, targets, paths, dryRun } = session;
  if (targets.kubeContext !== undefined) return;
  if (await dropStaleLocks(session)) await context.sleep(dryRun ? 0 : providersRestMs);
  const pending = await readPendingOperations(paths.backendDir, targets.stack);
  if (pending.count === 0) return;
  const many = pending.count === 1 ? "1 operation" : `${pending.count} operations`;
  print(context, `that update left ${many} open; reading back what it did`);
  if (!dryRun) await importCreated(session, await findCreated(session, pending));
  await mustPulumi(session, refreshArguments(targets.stack));
}

/** Puts what was created into the state, and forgets every open operation. */
async function importCreated(
  session: Session,
  adoptions: readonly Adoption[],
  failed: readonly FailedCreation[] = [],
): Promise<void> {
  const { stack } = session.targets;
  const { code, stdout, stderr } = await ask(session, "pulumi", exportArguments(stack));
  if (code !== 0) throw new Failure(`pulumi stack export failed: ${stderr.trim()}`);
  const folder = await temporaryFolder();
  try {
    const file = join(folder, "state.json");
    await writeFile(file, withAdopted(stdout, adoptions, failed), { mode: 0o600 });
    await mustPulumi(session, importArguments(stack, file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @returns whether there was one
 * @throws Failure if a lock is held by a program that runs
 */
async function dropStaleLocks(session: Session): Promise<boolean> {
  const { context, targets, paths } = session;
  const { stack } = targets;
  let locks = await readLocks(paths.backendDir, stack);
  if (locks.includes(undefined)) {
    // an engine may be writing it just now
    await context.sleep(1_000);
    locks = await readLocks(paths.backendDir, stack);
  }
  if (locks.length === 0) return false;
  const held = await firstHeld(session, locks);
  if (held !== undefined) {
    throw new UpdateRunning(
      `stack ${stack} is being changed by pid ${held.lock.pid} on ${held.lock.hostname} since ` +
        `${held.lock.timestamp}; wait for it, or end that program and try again` +
        (held.runs ? "" : remedyFor(held.lock, stack)),
    );
  }
  const pids = locks.map((lock) => lock?.pid ?? "unknown").join(", ");
  print(context, `dropping the lock of an update that was killed (pid ${pids})`);
  await mustPulumi(session, cancelArguments(stack));
  return true;
}

/** A container or laptop that got another name since cannot know that the program has ended. */
function remedyFor(lock: StackLock, stack: string): string {
  return (
    `. If ${lock.hostname} is an earlier name of this machine, or that program has ended: ` +
    `./lab shell --stack ${stack} -- pulumi cancel --stack ${stack} --yes`
  );
}

async function firstHeld(
  { context }: Session,
  locks: readonly (StackLock | undefined)[],
): Promise<{ readonly lock: StackLock; readonly runs: boolean } | undefined> {
  for (const lock of locks) {
    if (lock === undefined) continue;
    const runs = await context.runsPulumi(lock.pid);
    // of a program on another machine nothing is known: its lock counts as held
    if (runs || lock.hostname !== hostname()) return { lock, runs };
  }
  return undefined;
}

async function findCreated(session: Session, pending: PendingOperations): Promise<Adoption[]> {
  const found = await Promise.all(
    pending.creations.map(async (creation) => {
      const id =
        (await objectId(session, creation)) ??
        (await monitorId(session, creation, pending)) ??
        (await otherDatadogId(session, creation, pending));
      return id === undefined ? [] : [{ urn: creation.urn, id }];
    }),
  );
  return found.flat();
}

async function otherDatadogId(
  session: Session,
  creation: PendingCreation,
  { knownIds }: PendingOperations,
): Promise<string | undefined> {
  // in an account, an object of that name may be another stack's
  if (session.targets.datadogPort === undefined || !canBeFound(creation.type)) return undefined;
  return await findDatadogObject(await datadogAccess(session), creation, knownIds);
}

/**
 * Adopts what an update created whose reply was lost: the engine takes such a creation for failed,
 * leaves no open operation, and would create the object a second time, or be told that it exists.
 *
 * @param log the engine's event log of the update that failed
 */
export async function adoptUnconfirmed(session: Session, log: string): Promise<void> {
  const { targets, paths, context } = session;
  if (targets.kubeContext !== undefined) return;
  const failed = failedCreations(readEventLog(log));
  if (failed.length === 0) return;
  const text = await readCheckpoint(paths.backendDir, targets.stack);
  const { resources } = readState(text ?? "{}");
  const urns = new Set(resources.map(({ urn }) => urn));
  const creations = failed.filter(({ urn }) => !urns.has(urn));
  const knownIds = new Set(resources.flatMap(({ id }) => id ?? []));
  const adoptions = await findCreated(session, { count: 0, creations, knownIds });
  if (adoptions.length === 0) return;
  const names = adoptions.map(({ urn }) => resourceName(urn)).join(", ");
  print(context, `created all the same, and taken over: ${names}`);
  await importCreated(session, adoptions, failed);
  await mustPulumi(session, refreshArguments(targets.stack));
}

async function objectId(session: Session, creation: PendingCreation): Promise<string | undefined> {
  const object = kubernetesObject(creation);
  if (object === undefined) return undefined;
  const args = [...object.query, "--ignore-not-found", "--output", "name"];
  const { code, stdout, stderr } = await kubectl(session, args);
  if (code !== 0) throw new Failure(`kubectl ${args.join(" ")} failed: ${stderr.trim()}`);
  return stdout.trim() === "" ? undefined : object.id;
}

/** A monitor is known by its name, which other monitors may have, too. */
async function monitorId(
  session: Session,
  { type, inputs }: PendingCreation,
  { knownIds }: PendingOperations,
): Promise<string | undefined> {
  const { datadogPort } = session.targets;
  const name = inputs["name"];
  if (type !== "datadog:index/monitor:Monitor" || typeof name !== "string") return undefined;
  if (datadogPort === undefined) return undefined;
  const ids = await session.context.sandbox.monitorsNamed(datadogPort, name);
  return ids.find((id) => !knownIds.has(id));
}
