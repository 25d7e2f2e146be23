import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { groupRuns, processIdentity } from "./process-identity.ts";
import { processId, spawnProcess } from "./spawn-process.ts";

/** A process that the sandbox started, as it stands in `.sandbox/run/<name>.json`. */
export interface ProcessRecord {
  readonly name: string;
  readonly pid: number;

  /** Start time as the kernel has it, so that a recycled pid is never taken for ours. */
  readonly startTime: string;
  readonly command: readonly string[];
  readonly port?: number;

  /** Whether it leads a process group of its own, which is then ended as a whole. */
  readonly group: boolean;
}

export interface StartOptions {
  /** Unique among the processes of one checkout; names the record and the log file. */
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: Readonly<Record<string, string | undefined>>;

  /** @default - the caller's working folder */
  readonly cwd?: string;

  /** Port it will listen on, for the record only. */
  readonly port?: number;
}

/** Folders for records and logs, see `SandboxPaths`. */
export interface ProcessDirs {
  readonly runDir: string;
  readonly logsDir: string;
}

const defaultGraceMs = 10_000;

/** Starts a process that outlives this one; its output is appended to `<logsDir>/<name>.log`. */
export async function startProcess(
  options: StartOptions,
  dirs: ProcessDirs,
): Promise<ProcessRecord> {
  const { name, command, port } = options;
  await mkdir(dirs.logsDir, { recursive: true });
  const log = await open(join(dirs.logsDir, `${name}.log`), "a");
  try {
    const { cwd, env } = options;
    const child = spawnProcess(command, { cwd, env, stdio: ["ignore", log.fd, log.fd] });
    const pid = await processId(child);
    child.unref();
    return await recordProcess({ name, pid, command, group: true, ...(port && { port }) }, dirs);
  } finally {
    await log.close();
  }
}

/** Records a running process that another program started for us. */
export async function recordProcess(
  running: Omit<ProcessRecord, "startTime">,
  { runDir, logsDir }: ProcessDirs,
): Promise<ProcessRecord> {
  const startTime = await processIdentity(running.pid);
  if (startTime === undefined) {
    throw new Error(`${running.name} ended at once; see ${join(logsDir, `${running.name}.log`)}`);
  }
  const record = { ...running, startTime };
  const file = recordFile(runDir, running.name);
  await mkdir(runDir, { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, `${JSON.stringify(record)}\n`);
  await rename(draft, file);
  return record;
}

/** Whether the recorded process still runs, and is that one and not a later one of the same pid. */
export async function isOurs(record: ProcessRecord): Promise<boolean> {
  return (await processIdentity(record.pid)) === record.startTime;
}

/** The recorded processes that still run; records of ended ones are removed. */
export async function listProcesses(runDir: string): Promise<ProcessRecord[]> {
  const files = await recordFiles(runDir);
  const records = await Promise.all(files.map((file) => runningRecord(join(runDir, file))));
  return records.filter((record) => record !== undefined);
}

/** The running process of that name, if there is one. */
export async function findProcess(
  name: string,
  runDir: string,
): Promise<ProcessRecord | undefined> {
  const record = await runningRecord(recordFile(runDir, name));
  return record?.name === name ? record : undefined;
}

/**
 * The record of a process that still runs; that of an ended one is removed. Others look at the same
 * time: a record may go away, or become that of a new process, between any two steps here.
 */
async function runningRecord(file: string): Promise<ProcessRecord | undefined> {
  const text = await textOf(file);
  if (text === undefined) return undefined;
  const record = parseRecord(text);
  if (record !== undefined && (await isOurs(record))) return record;
  if ((await textOf(file)) === text) await rm(file, { force: true });
  return undefined;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Ends a recorded process (SIGTERM, after `graceMs` SIGKILL) and forgets it. Does nothing to a
 * process that is not ours any more.
 *
 * @throws if it survives even SIGKILL
 */
export async function stopProcess(
  record: ProcessRecord,
  runDir: string,
  graceMs = defaultGraceMs,
): Promise<void> {
  if (await isOurs(record)) {
    signal(record, "SIGTERM");
    if (!(await ends(record, graceMs))) {
      signal(record, "SIGKILL");
      if (!(await ends(record, defaultGraceMs))) {
        throw new Error(`${record.name} (pid ${record.pid}) does not end; end it by hand`);
      }
    }
  }
  await rm(recordFile(runDir, record.name), { force: true });
}

/** True once neither the process nor another one of its group runs, false after `patienceMs`. */
async function ends(record: ProcessRecord, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while ((await isOurs(record)) || (record.group && (await groupRuns(record.pid)))) {
    if (Date.now() >= deadline) return false;
    await sleep(25);
  }
  return true;
}

function signal(record: ProcessRecord, name: NodeJS.Signals): void {
  try {
    process.kill(record.group ? -record.pid : record.pid, name);
  } catch {
    // it ended in the meantime
  }
}

async function recordFiles(runDir: string): Promise<string[]> {
  try {
    return (await readdir(runDir)).filter((file) => file.endsWith(".json")).sort();
  } catch {
    return [];
  }
}

/** A half-written or foreign file is no record: there is nothing in it that could be ended. */
function parseRecord(text: string): ProcessRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is ProcessRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    "pid" in value &&
    isPid(value.pid) &&
    "startTime" in value &&
    typeof value.startTime === "string"
  );
}

/** Signals to 0, 1 and negative numbers would reach processes that were never ours. */
function isPid(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value > 1;
}

function recordFile(runDir: string, name: string): string {
  return join(runDir, `${name}.json`);
}
