import { chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { defineCommand } from "../framework/command.ts";
import { defaultStack, dryRunOption } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { exitCodes } from "../context/errors.ts";
import { openSession } from "../stack/stack-session.ts";
import { destroyStack } from "../pulumi/destroy-stack.ts";

export const clean = defineCommand({
  name: "clean",
  summary: "run down, and remove the cache folder with all installed tools",
  options: { dryRun: dryRunOption },
  details:
    "All checkouts of this user share the cache folder. The next ./lab up installs the tools again.",
  examples: [["./lab clean", "remove everything of the sandbox from this machine"]],
  async run({ dryRun }, context) {
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
  },
});

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
