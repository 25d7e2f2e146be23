import { chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { dryRunOption } from "../framework/command.ts";
import type { Command } from "../framework/command.ts";
import { print } from "../context/context.ts";
import { exitCodes } from "../context/errors.ts";
import { openSession } from "../stack/stack-session.ts";
import { destroyStack } from "../pulumi/destroy-stack.ts";

export const clean: Command = {
  name: "clean",
  summary: "down, and drop the cache folder with all tools that were brought",
  words: [],
  options: [dryRunOption],
  details: "The cache folder serves every checkout of this user: the next ./lab up fills it again.",
  examples: [["./lab clean", "nothing of the sandbox is left on this machine"]],
  async run(invocation, context) {
    const session = await openSession(invocation, context);
    await destroyStack(session);
    const { cacheDir } = session.paths;
    if (session.dryRun) {
      print(context, `rm -rf ${cacheDir}`);
      return exitCodes.ok;
    }
    await removeTree(cacheDir);
    print(context, `removed ${cacheDir}`);
    return exitCodes.ok;
  },
};

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
