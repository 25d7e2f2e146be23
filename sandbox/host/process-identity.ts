import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * What tells a process from a later one that got the same pid: its start time as the kernel has it.
 * On Linux ticks since boot with the id of that boot, elsewhere what `ps` says.
 *
 * @returns undefined when no such process runs (a zombie has ended, too)
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  return process.platform === "linux" ? await linuxIdentity(pid) : await psIdentity(pid);
}

/**
 * Whether a process group still has a process that runs. Asking the kernel by signal 0 will not do
 * on Linux: it counts zombies, which stay for good in a container whose first process reaps none.
 */
export async function groupRuns(pgid: number): Promise<boolean> {
  if (process.platform !== "linux") return signalable(-pgid);
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const stats = await Promise.all(pids.map((pid) => procStat(Number(pid))));
  return stats.some((stat) => stat?.group === pgid && !ended(stat.state));
}

/** Fields 3 (state), 5 (process group) and 22 (start time) of `/proc/<pid>/stat`, see proc(5). */
export interface ProcStat {
  readonly state: string;
  readonly group: number;
  readonly startTicks: string;
}

/** Reads the line of `/proc/<pid>/stat`. */
export function parseProcStat(line: string): ProcStat {
  // the second field is the command in brackets and may itself contain blanks and brackets
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", group: Number(fields[2]), startTicks: fields[19] ?? "" };
}

function ended(state: string): boolean {
  return state === "Z" || state === "X";
}

async function procStat(pid: number): Promise<ProcStat | undefined> {
  try {
    return parseProcStat(await readFile(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return undefined;
  }
}

async function linuxIdentity(pid: number): Promise<string | undefined> {
  const stat = await procStat(pid);
  if (stat === undefined || ended(stat.state)) return undefined;
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return `${stat.startTicks}@${boot.trim()}`;
}

async function psIdentity(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await run("ps", ["-o", "stat=,lstart=", "-p", String(pid)]);
    const [, state = "", started = ""] = /^\s*(\S+)\s+(.*\S)\s*$/.exec(stdout) ?? [];
    return started === "" || state.startsWith("Z") ? undefined : started;
  } catch {
    return undefined;
  }
}

function signalable(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Program and arguments of a process with blanks between; empty when it does not run. */
export async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === "linux") {
      return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ").trim();
    }
    return (await run("ps", ["-o", "command=", "-p", String(pid)])).stdout.trim();
  } catch {
    return "";
  }
}
