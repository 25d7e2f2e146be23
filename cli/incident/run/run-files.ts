import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { takeLock } from "../../../sandbox/host/file-lock.ts";
import { processIdentity } from "../../../sandbox/host/process-identity.ts";
import { Failure } from "../../context/errors.ts";
import { type Entry, entryLine, readJournal, type RunRecord } from "./journal.ts";

/** Where the runs of a checkout are kept; `down` does not remove them. */
export function runsFolder(root: string): string {
  return join(root, "runs");
}

/** The file of a run's folder that has its journal. */
const journalFile = "journal.jsonl";

/** A journal that is being written. */
export interface OpenJournal {
  /** Resolves when the entry is on disk. */
  readonly write: (entry: Entry) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Begins the journal of a run in a folder that is made for it. */
export async function createJournal(folder: string): Promise<OpenJournal> {
  await mkdir(folder, { recursive: true });
  return await journalIn(folder, "ax");
}

/** Goes on with a journal. */
export async function reopenJournal(folder: string): Promise<OpenJournal> {
  return await journalIn(folder, "a");
}

async function journalIn(folder: string, flags: "a" | "ax"): Promise<OpenJournal> {
  const file = await open(join(folder, journalFile), flags, 0o600);
  return {
    write: async (entry) => {
      await file.appendFile(entryLine(entry));
      await file.datasync();
    },
    close: () => file.close(),
  };
}

/** The journal of a run's folder as text. */
export async function journalText(folder: string): Promise<string> {
  return await readFile(join(folder, journalFile), "utf8");
}

/** @throws Failure if another run of the stack lasts */
export async function lockRun(root: string, stack: string): Promise<() => Promise<void>> {
  const trial = await takeLock(join(runsFolder(root), `${stack}.lock`));
  if ("release" in trial) return trial.release;
  const who = trial.holder === undefined ? "" : ` (pid ${trial.holder})`;
  throw new Failure(
    `a run of stack ${stack} is in progress${who}; wait for its end, or end it with Ctrl-C there`,
  );
}

/** This process, as a journal names it. */
export async function ownProcess(): Promise<{ pid: number; identity: string }> {
  const { pid } = process;
  return { pid, identity: (await processIdentity(pid)) ?? "" };
}

/** A run that has not ended. */
export interface UnfinishedRun {
  readonly folder: string;
  readonly record: RunRecord;

  /** Whether its process still works on it. */
  readonly running: boolean;
}

/** Runs of a stack that have begun and not ended, the oldest first. */
export async function unfinishedRuns(root: string, stack: string): Promise<UnfinishedRun[]> {
  const found: UnfinishedRun[] = [];
  for (const name of await foldersIn(runsFolder(root))) {
    const folder = join(runsFolder(root), name);
    const record = await recordIn(folder);
    if (record?.started.stack !== stack || record.ended !== undefined) continue;
    const { pid, identity } = record.started.process;
    found.push({ folder, record, running: (await processIdentity(pid)) === identity });
  }
  return found;
}

/** A folder without a journal, or with another program's, is no run. */
async function recordIn(folder: string): Promise<RunRecord | undefined> {
  try {
    return readJournal(await journalText(folder));
  } catch {
    return undefined;
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
