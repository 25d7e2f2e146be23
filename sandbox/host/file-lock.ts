import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import { processIdentity } from "./process-identity.ts";

/** The result of asking for a lock: it is ours until released, or another process has it. */
export type LockTrial =
  { readonly release: () => Promise<void> } | { readonly holder: number | undefined };

/** Who holds the lock. */
interface Holder {
  readonly pid: number;
  readonly startTime: string | undefined;
}

/**
 * Takes a lock file for this process. One of a process that has ended is taken over.
 *
 * @returns the pid of the process that has it; undefined while that process is still writing it
 */
export async function takeLock(lock: string): Promise<LockTrial> {
  const mine = `${lock}.${process.pid}`;
  const me: Holder = { pid: process.pid, startTime: await processIdentity(process.pid) };
  await mkdir(dirname(lock), { recursive: true });
  await writeFile(mine, JSON.stringify(me));
  try {
    while (!(await linked(mine, lock))) {
      const text = await readFile(lock, "utf8").catch(() => "");
      const holder = parseHolder(text);
      if (text === "" || (await runs(holder))) return { holder: holder?.pid };
      await takeOver(lock, `${mine}.stale`, text);
      if (holder) await rm(`${lock}.${holder.pid}`, { force: true });
    }
    return { release: () => rm(lock, { force: true }) };
  } finally {
    await rm(mine, { force: true });
  }
}

/** Removes a dead lock, but puts it back where another process has taken it in the meantime. */
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
