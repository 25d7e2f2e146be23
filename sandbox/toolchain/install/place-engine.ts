import { constants } from "node:fs";
import { copyFile, link, mkdir, realpath, rename, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";

/**
 * Puts the user's engine beside the language host that was installed for it. The engine looks for the
 * host beside its own executable, links resolved, and warns at each start of one that it finds on PATH
 * (pulumi/pulumi, sdk/go/common/workspace/plugins.go, `getPluginInfoAndPath`).
 *
 * @param engine executable that the user has
 * @param place where it goes, in the folder of the host
 */
export async function placeEngine(engine: string, place: string): Promise<void> {
  const file = await realpath(engine);
  if (await areAlike(file, place)) return;
  await mkdir(dirname(place), { recursive: true });
  const draft = `${place}.${process.pid}`;
  await linkOrCopy(file, draft);
  await rename(draft, place);
}

/** A file of another file system, or of another user, cannot be linked. */
async function linkOrCopy(file: string, draft: string): Promise<void> {
  try {
    await link(file, draft);
  } catch {
    await copyFile(file, draft, constants.COPYFILE_FICLONE);
    const { atime, mtime } = await stat(file);
    await utimes(draft, atime, mtime);
  }
}

/** Whether one is a link to the other or its copy: an update of the engine changes size or time. */
async function areAlike(file: string, place: string): Promise<boolean> {
  const [own, other] = await Promise.all([stat(file), stat(place).catch(() => undefined)]);
  if (other === undefined) return false;
  if (own.dev === other.dev && own.ino === other.ino) return true;
  return own.size === other.size && own.mtime.getTime() === other.mtime.getTime();
}
