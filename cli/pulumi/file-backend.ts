import { copyFile, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../context/errors.ts";
import { parseLock, pendingOperations } from "./pending-operations.ts";
import type { PendingOperations, StackLock } from "./pending-operations.ts";
import { readState } from "./state-file.ts";

/**
 * What Pulumi's file backend keeps for one stack of ours. Its files are read directly because
 * asking `pulumi` takes half a second each time.
 */
const project = "sock-shop";

/**
 * The stack's state as text; undefined when the stack does not exist yet.
 *
 * @throws Failure if the file is cut off, with what can be done
 */
export async function readCheckpoint(
  backendDir: string,
  stack: string,
): Promise<string | undefined> {
  const file = stateFile(backendDir, stack);
  const text = await textOf(file);
  if (text === undefined || isWhole(text)) return text;
  const copy = await textOf(`${file}.bak`);
  const remedy =
    copy !== undefined && isWhole(copy)
      ? `./lab up restores the copy of the step before, ${file}.bak`
      : "./lab down removes the sandbox with it";
  throw new Failure(`the state of stack ${stack} is cut off (${file}); ${remedy}`);
}

/**
 * Puts Pulumi's own copy of the step before instead of a state that is cut off.
 *
 * @returns whether it did
 */
export async function restoreCheckpoint(backendDir: string, stack: string): Promise<boolean> {
  const file = stateFile(backendDir, stack);
  const [text, copy] = [await textOf(file), await textOf(`${file}.bak`)];
  if (text === undefined || isWhole(text) || copy === undefined || !isWhole(copy)) return false;
  await rename(file, `${file}.cut-off`);
  await copyFile(`${file}.bak`, file);
  return true;
}

/** Other stacks with resources in the same backend. */
export async function otherDeployedStacks(backendDir: string, stack: string): Promise<string[]> {
  const files = await readdir(join(backendDir, ".pulumi", "stacks", project)).catch(() => []);
  const others = files
    .flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? [])
    .filter((name) => name !== stack)
    .sort();
  const texts = await Promise.all(others.map((name) => textOf(stateFile(backendDir, name))));
  return others.filter((_, index) => {
    const text = texts[index] ?? "";
    return isWhole(text) && readState(text).resources.length > 0;
  });
}

function stateFile(backendDir: string, stack: string): string {
  return join(backendDir, ".pulumi", "stacks", project, `${stack}.json`);
}

function isWhole(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** Operations that a killed update left open. */
export async function readPendingOperations(
  backendDir: string,
  stack: string,
): Promise<PendingOperations> {
  const text = await readCheckpoint(backendDir, stack);
  return pendingOperations(text ?? "{}");
}

/** The locks on a stack; undefined for one that is not whole. */
export async function readLocks(
  backendDir: string,
  stack: string,
): Promise<(StackLock | undefined)[]> {
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
