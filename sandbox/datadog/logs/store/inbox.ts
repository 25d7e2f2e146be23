import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./database.ts";
import type { LogEvent } from "../log-event.ts";

/** Logs as they came in, which wait for the pipelines. */
interface Batch {
  readonly seq: number;
  readonly arrived: number;
  readonly events: readonly LogEvent[];
}

/** What was accepted and not yet processed; on disk, so that nothing accepted is lost. */
export interface Inbox {
  /** Keeps a batch; false where this batch was accepted before. On disk when it returns. */
  accept(batch: string, events: readonly LogEvent[], arrived: number): boolean;
  /** Whether a batch was accepted before. */
  knows(batch: string): boolean;
  /** The oldest batches, up to about this number of logs. */
  oldest(logs: number): Batch[];
  /** Forgets processed batches; to be called in the transaction that stores their logs. */
  remove(batches: readonly Batch[]): void;
  /** Logs that wait. */
  waiting(): number;
}

/** A sender repeats a batch within minutes or not at all. */
const remembered = 24 * 3_600_000;

export function createInbox(database: DatabaseSync): Inbox {
  const add = database.prepare(
    "INSERT INTO inbox (batch, arrived, logs, body) VALUES (?, ?, ?, ?)",
  );
  const note = database.prepare("INSERT OR IGNORE INTO seen (batch, arrived) VALUES (?, ?)");
  const forget = database.prepare("DELETE FROM seen WHERE arrived < ?");
  const known = database.prepare("SELECT 1 FROM seen WHERE batch = ?");
  const first = database.prepare("SELECT seq, arrived, logs, body FROM inbox ORDER BY seq");
  const remove = database.prepare("DELETE FROM inbox WHERE seq = ?");
  const count = database.prepare("SELECT coalesce(sum(logs), 0) AS logs FROM inbox");
  /** Counted again after a change that may yet be rolled back. */
  let waiting: number | undefined;

  return {
    accept: (batch, events, arrived) => {
      waiting = undefined;
      return inTransaction(database, () => {
        if (note.run(batch, arrived).changes === 0) {
          return false;
        }
        forget.run(arrived - remembered);
        add.run(batch, arrived, events.length, JSON.stringify(events));
        return true;
      });
    },
    knows: (batch) => known.get(batch) !== undefined,
    oldest: (logs) => {
      const batches: Batch[] = [];
      let taken = 0;
      for (const row of first.iterate()) {
        const events = JSON.parse(String(row["body"])) as LogEvent[];
        batches.push({ seq: Number(row["seq"]), arrived: Number(row["arrived"]), events });
        taken += events.length;
        if (taken >= logs) {
          break;
        }
      }
      return batches;
    },
    remove: (batches) => {
      waiting = undefined;
      batches.forEach(({ seq }) => {
        remove.run(seq);
      });
    },
    waiting: () => (waiting ??= Number(count.get()?.["logs"])),
  };
}
