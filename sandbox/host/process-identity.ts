import { readdir, readFile } from "node:fs/promises";
import { execFile } from "./exec-file.ts";

/**
 * Identifies a process, so that a later one with the same pid is another: its start time as the kernel
 * has it. On Linux ticks since boot with the id of that boot, elsewhere what `ps` prints.
 *
 * @returns undefined where no such process runs; a zombie does not run
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  return process.platform === "linux" ? await linuxIdentity(pid) : await psIdentity(pid);
}

/**
 * Whether a process group still has a process that runs. Signal 0 cannot be used on Linux:
 * it counts zombies, which stay for ever in a container whose first process reaps none.
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
    const stdout = await execFile(["ps", "-o", "stat=,lstart=", "-p", String(pid)]);
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

/** Program and arguments of a process with blanks between; empty where it does not run. */
export async function readCommandLine(pid: number): Promise<string> {
  try {
    if (process.platform === "linux") {
      return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ").trim();
    }
    return (await execFile(["ps", "-o", "command=", "-p", String(pid)])).trim();
  } catch {
    return "";
  }
}
