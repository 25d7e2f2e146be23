import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { processIdentity } from "../process-identity.ts";

/** Who holds the lock. */
interface Holder {
  readonly pid: number;
  readonly startTime: string | undefined;
}

/**
 * Runs a task while no other run changes the cache folder. A lock of a process that has ended is
 * taken over.
 *
 * @param onWait told once when another run has to be waited for
 */
export async function withLock<T>(
  cacheDir: string,
  onWait: (holder: number) => void,
  task: () => Promise<T>,
): Promise<T> {
  const lock = join(cacheDir, "lock");
  const mine = join(cacheDir, `lock.${process.pid}`);
  const holder: Holder = { pid: process.pid, startTime: await processIdentity(process.pid) };
  await mkdir(cacheDir, { recursive: true });
  await writeFile(mine, JSON.stringify(holder));
  try {
    await acquire(lock, mine, onWait);
    try {
      return await task();
    } finally {
      await rm(lock, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
}

async function acquire(
  lock: string,
  mine: string,
  onWait: (holder: number) => void,
): Promise<void> {
  let waited = false;
  while (!(await linked(mine, lock))) {
    const text = await readFile(lock, "utf8").catch(() => "");
    const holder = parseHolder(text);
    if (text !== "" && !(await runs(holder))) {
      await takeOver(lock, `${mine}.stale`, text);
      if (holder) await rm(`${lock}.${holder.pid}`, { force: true });
      continue;
    }
    if (!waited && holder) onWait(holder.pid);
    waited = true;
    await sleep(200);
  }
}

/** Moves a dead lock aside, and puts it back if a third run was faster and it is alive. */
async function takeOver(lock: string, aside: string, expected: string): Promise<void> {
  try {
    await rename(lock, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, "utf8")) !== expected) await linked(aside, lock);
  await rm(aside, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function runs(holder: Holder | undefined): Promise<boolean> {
  if (holder?.startTime === undefined) return false;
  return (await processIdentity(holder.pid)) === holder.startTime;
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isHolder =
      typeof value === "object" && value !== null && "pid" in value && "startTime" in value;
    if (!isHolder) return undefined;
    return { pid: Number(value.pid), startTime: String(value.startTime) };
  } catch {
    return undefined;
  }
}
