import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxPaths } from "../host/paths.ts";
import { readCommandLine } from "../host/process-identity.ts";
import { recordProcess } from "../host/processes.ts";
import { clusterDir } from "./kwokctl.ts";

/** The processes of the control plane, in the order in which they are to be ended. */
export const componentNames = [
  "kwok-controller",
  "kube-scheduler",
  "kube-controller-manager",
  "kube-apiserver",
  "etcd",
] as const;

type ComponentName = (typeof componentNames)[number];

/** A running process of the control plane. */
export interface Component {
  readonly name: ComponentName;
  readonly pid: number;
}

type Dirs = Pick<SandboxPaths, "kwokDir" | "runDir" | "logsDir">;

/**
 * The components that run, by kwokctl's pid files. A pid counts only if the command line of its
 * process names our folder: after a restart of the machine it may be anybody's.
 */
export async function runningComponents(dirs: Pick<Dirs, "kwokDir">): Promise<Component[]> {
  const found = await Promise.all(
    componentNames.map(async (name) => {
      const pid = await pidOf(name, dirs);
      const command = pid === undefined ? "" : await readCommandLine(pid);
      return pid !== undefined && command.includes(clusterDir(dirs)) ? [{ name, pid }] : [];
    }),
  );
  return found.flat();
}

/** Records the running components, so that they can be ended without kwokctl. */
export async function recordComponents(dirs: Dirs): Promise<void> {
  for (const { name, pid } of await runningComponents(dirs)) {
    // kwokctl starts each in a session of its own
    const command = (await readCommandLine(pid)).split(" ").slice(0, 1);
    await recordProcess({ name, pid, command, group: true }, dirs);
  }
}

/** Removes pid files of ended components: kwokctl would take any process of that pid for its own. */
export async function removeStalePidFiles(dirs: Pick<Dirs, "kwokDir">): Promise<void> {
  const running = new Set((await runningComponents(dirs)).map(({ name }) => pidFile(name, dirs)));
  const folder = join(clusterDir(dirs), "pids");
  for (const file of await readdir(folder).catch(() => [])) {
    if (!running.has(join(folder, file))) await rm(join(folder, file), { force: true });
  }
}

async function pidOf(
  name: ComponentName,
  dirs: Pick<Dirs, "kwokDir">,
): Promise<number | undefined> {
  const text = await readFile(pidFile(name, dirs), "utf8").catch(() => "");
  const pid = Number(text.trim());
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function pidFile(name: ComponentName, dirs: Pick<Dirs, "kwokDir">): string {
  return join(clusterDir(dirs), "pids", `${name}.pid`);
}
