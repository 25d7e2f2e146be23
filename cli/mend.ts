import { hostname } from "node:os";
import { say } from "./context.ts";
import { Failure } from "./failure.ts";
import { readLocks, readPendingOperations } from "./file-backend.ts";
import { kubernetesObject } from "./interrupted-update.ts";
import type { PendingCreation, StackLock } from "./interrupted-update.ts";
import { cancelArguments, mendArguments } from "./pulumi-arguments.ts";
import type { Adoption } from "./pulumi-arguments.ts";
import { kubectl, mustPulumi } from "./session.ts";
import type { Session } from "./session.ts";

/**
 * Clears what a killed update left in the sandbox's own state: its lock, and operations that were
 * begun and never confirmed. Without this, the engine refuses the next update or repeats a creation
 * that went through. State elsewhere is the user's and is left alone.
 *
 * @throws Failure if another update is at work now
 */
export async function mendInterrupted(session: Session): Promise<void> {
  const { site, paths } = session;
  if (site.kubeContext !== undefined) return;
  await dropStaleLocks(session);
  const { count, creations } = await readPendingOperations(paths.backendDir, site.stack);
  if (count === 0) return;
  say(
    session.context,
    `an earlier update was cut off in ${count} places; reading back what it did`,
  );
  await mustPulumi(session, mendArguments(site.stack, await findCreated(session, creations)));
}

/** @throws Failure if a lock is held by a program that runs */
async function dropStaleLocks(session: Session): Promise<void> {
  const { context, site, paths } = session;
  const locks = await readLocks(paths.backendDir, site.stack);
  if (locks.length === 0) return;
  const held = await firstHeld(session, locks);
  if (held !== undefined) {
    throw new Failure(
      `stack ${site.stack} is being changed by pid ${held.pid} on ${held.hostname} since ` +
        `${held.timestamp}; wait for it, or end that program and try again`,
    );
  }
  const pids = locks.map(({ pid }) => pid).join(", ");
  say(context, `dropping the lock of an update that was killed (pid ${pids})`);
  await mustPulumi(session, cancelArguments(site.stack));
}

async function firstHeld(
  { context }: Session,
  locks: readonly StackLock[],
): Promise<StackLock | undefined> {
  for (const lock of locks) {
    // of a program on another machine nothing is known: its lock counts as held
    if (lock.hostname !== hostname() || (await context.runsPulumi(lock.pid))) return lock;
  }
  return undefined;
}

async function findCreated(
  session: Session,
  creations: readonly PendingCreation[],
): Promise<Adoption[]> {
  const found = await Promise.all(creations.map((creation) => adoption(session, creation)));
  return found.filter((entry) => entry !== undefined);
}

async function adoption(
  session: Session,
  creation: PendingCreation,
): Promise<Adoption | undefined> {
  const object = kubernetesObject(creation);
  if (object === undefined) return undefined;
  const args = [...object.query, "--ignore-not-found", "--output", "name"];
  const { code, stdout, stderr } = await kubectl(session, args);
  if (code !== 0) throw new Failure(`kubectl ${args.join(" ")} failed: ${stderr.trim()}`);
  return stdout.trim() === "" ? undefined : { urn: creation.urn, id: object.id };
}
