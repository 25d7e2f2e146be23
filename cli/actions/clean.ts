import { chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { defaultStack } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { exitCodes } from "../context/errors.ts";
import { openSession } from "../stack/stack-session.ts";
import { destroyStack } from "../pulumi/destroy-stack.ts";
import type { Context } from "../context/context.ts";
import type { SessionRequest } from "./requests.ts";

/** Destroys the stack, then removes the cache folder. */
export async function runClean(
  { dryRun }: Pick<SessionRequest, "dryRun">,
  context: Context,
): Promise<number> {
  const session = await openSession({ stack: defaultStack, dryRun }, context);
  await destroyStack(session);
  const { cacheDir } = session.paths;
  if (session.dryRun) {
    print(context, `rm -rf ${cacheDir}`);
    return exitCodes.ok;
  }
  await removeTree(cacheDir);
  print(context, `removed ${cacheDir}`);
  return exitCodes.ok;
}

/** Removes a folder even where Go made its module folders read-only. */
async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch {
    await makeWritable(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
  }
}
