import { chmod, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import type { InstallContext } from "./install-context.ts";
import { cachedPath, readInstallRecord, writeInstallRecord } from "./install-record.ts";
import type { ToolSpec } from "../tools.ts";

/**
 * Text of the executable that runs a stand-in. The cache folder is shared by checkouts: the one that
 * runs the engine names itself by SOCK_SHOP_ROOT, and runs its own stand-in that way.
 */
export function shimText(node: string, root: string, folder: string): string {
  const plugins = `"\${SOCK_SHOP_ROOT:-$root}"/sandbox/plugins`;
  // Loading TypeScript without this cache costs every start of a plugin half a second.
  const run = `${shellQuote(node)} --require ${plugins}/strip-cache.js`;
  return `#!/bin/sh\nroot=${shellQuote(root)}\nexec ${run} ${plugins}/${folder}/main.ts "$@"\n`;
}

/**
 * Places a stand-in where the engine looks for the plugin. Done at every start, as the cache folder is
 * shared by checkouts and the stand-in runs from this one; cheap when it is placed already.
 *
 * @throws if this checkout has no such stand-in
 */
export async function placeStandIn(
  spec: ToolSpec,
  folder: string,
  context: InstallContext,
): Promise<void> {
  const main = join(context.paths.root, "sandbox", "plugins", folder, "main.ts");
  if (!(await exists(main))) throw new Error(`no ${main}`);
  const file = cachedPath(spec, context.paths);
  const text = shimText(context.node, context.paths.root, folder);
  const isThere = (await readFile(file, "utf8").catch(() => "")) === text;
  // nothing is written then: the cache folder may have become read-only since
  if (isThere && (await readInstallRecord(spec, context.paths))?.origin === "stand-in") return;
  await mkdir(dirname(file), { recursive: true });
  // an engine of another checkout may be about to start it: it must never be missing
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text);
  await chmod(draft, 0o755);
  await rename(draft, file);
  await writeInstallRecord(spec, "stand-in", context.paths);
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

function shellQuote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
