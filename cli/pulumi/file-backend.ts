import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseLock, pendingOperations } from "./pending-operations.ts";
import type { PendingOperations, StackLock } from "./pending-operations.ts";

/**
 * What Pulumi's file backend keeps for one stack of ours. Its files are read directly because
 * asking `pulumi` takes half a second each time; they are never written here.
 */
const project = "sock-shop";

/** The stack's state as text; undefined when the stack does not exist yet. */
export async function readCheckpoint(
  backendDir: string,
  stack: string,
): Promise<string | undefined> {
  return await textOf(join(backendDir, ".pulumi", "stacks", project, `${stack}.json`));
}

/** Operations that a killed update left open. */
export async function readPendingOperations(
  backendDir: string,
  stack: string,
): Promise<PendingOperations> {
  const text = await readCheckpoint(backendDir, stack);
  return pendingOperations(text ?? "{}");
}

/** The locks on a stack. */
export async function readLocks(backendDir: string, stack: string): Promise<StackLock[]> {
  const folder = join(backendDir, ".pulumi", "locks", "organization", project, stack);
  const files = await readdir(folder).catch(() => []);
  const locks = files.filter((file) => file.endsWith(".json"));
  const texts = await Promise.all(locks.map((file) => textOf(join(folder, file))));
  return texts.flatMap((text) => (text === undefined ? [] : [parseLock(text)]));
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
