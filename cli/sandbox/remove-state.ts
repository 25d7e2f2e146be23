import { lstat, readdir, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxPaths } from "../../sandbox/host/paths.ts";

/**
 * Removes the sandbox's folder. One that is a link leads to a folder of the user's, in which only
 * what the sandbox wrote is removed.
 *
 * @returns the folder that is left with files of others; undefined if nothing is left
 */
export async function removeState(paths: SandboxPaths): Promise<string | undefined> {
  const { stateDir } = paths;
  const entry = await lstat(stateDir).catch(() => undefined);
  if (entry?.isSymbolicLink() !== true) {
    await rm(stateDir, { recursive: true, force: true });
    return undefined;
  }
  const target = await realpath(stateDir).catch(() => undefined);
  for (const path of ownPaths(paths)) await rm(path, { recursive: true, force: true });
  await rm(stateDir, { force: true });
  const left = target === undefined ? [] : await readdir(target);
  return left.length === 0 ? undefined : target;
}

function ownPaths(paths: SandboxPaths): string[] {
  const { backendDir, kubeconfig, kwokDir, datadogDir, agentDir, runDir, logsDir } = paths;
  const podsDir = join(paths.stateDir, "pods");
  return [backendDir, kubeconfig, kwokDir, datadogDir, agentDir, runDir, logsDir, podsDir];
}
