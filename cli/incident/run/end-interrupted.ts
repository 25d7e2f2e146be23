import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Session } from "../../stack/stack-session.ts";
import { describeInterrupted, secondsBetween } from "./journal.ts";
import { reopenJournal, unfinishedRuns, type UnfinishedRun } from "./run-files.ts";
import { restoredConfig } from "./run-config.ts";

/** Runs of the stack that were cut off: their process is gone, and nobody has ended them. */
async function interruptedRuns({ context, targets }: Session): Promise<UnfinishedRun[]> {
  const runs = await unfinishedRuns(context.root, targets.stack);
  return runs.filter(({ running }) => !running);
}

/** One line for each of them. */
export async function interruptedLines(session: Session): Promise<string[]> {
  return (await interruptedRuns(session)).map(({ record }) => describeInterrupted(record));
}

/**
 * Gives the stack's file what it had before runs that were cut off. Done before the shop is healthy
 * again, so that the update that restores it sees the user's own configuration.
 */
export async function restoreConfig(session: Session): Promise<void> {
  const [first] = await interruptedRuns(session);
  if (first !== undefined) await writeConfig(session, first.record.started.config);
}

/** Gives the stack's file what an earlier text of it had instead of what a run asked for. */
export async function writeConfig({ context, targets }: Session, before: string): Promise<void> {
  const path = join(context.root, targets.file);
  const now = await readFile(path, "utf8");
  const text = restoredConfig(before, now);
  if (text !== now) await writeFile(path, text);
}

/** Ends the journals of runs that were cut off; the shop is healthy again. */
export async function endInterrupted(session: Session): Promise<string[]> {
  const runs = await interruptedRuns(session);
  for (const { folder, record } of runs) {
    const journal = await reopenJournal(folder);
    const [start, end] = [record.started.at, new Date().toISOString()];
    await journal.write({
      kind: "run-ended",
      at: end,
      status: "interrupted",
      verdict: "broken",
      deviated: true,
      ...{ start, end, duration: secondsBetween(start, end) },
    });
    await journal.close();
  }
  return runs.map(({ record }) => `run ${record.started.run} is ended: it was cut off`);
}
