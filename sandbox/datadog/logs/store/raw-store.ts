import type { DatabaseSync } from "node:sqlite";
import type { LogEvent } from "../log-event.ts";

/** A log as it came in, before any pipeline. */
export interface RawLog {
  readonly event: LogEvent;
  /** Milliseconds since 1970. */
  readonly arrived: number;
}

/** The newest logs as they came in, so that people can see what the pipelines made of them. */
export interface RawStore {
  add(events: readonly LogEvent[], arrived: number): void;
  get(id: string): RawLog | undefined;
  /** The newest first. */
  newest(most: number): RawLog[];
  /** Removes the oldest above the bound. */
  prune(): void;
}

/** An hour of a busy shop; Datadog's own preview keeps fewer. */
const mostRaw = 20_000;

/** @param most logs that are kept @default 20000 */
export function createRawStore(database: DatabaseSync, most = mostRaw): RawStore {
  const add = database.prepare("INSERT OR IGNORE INTO raw (id, arrived, body) VALUES (?, ?, ?)");
  const get = database.prepare("SELECT arrived, body FROM raw WHERE id = ?");
  const newest = database.prepare("SELECT arrived, body FROM raw ORDER BY seq DESC LIMIT ?");
  const prune = database.prepare("DELETE FROM raw WHERE seq <= (SELECT max(seq) FROM raw) - ?");
  return {
    add: (events, arrived) => {
      for (const event of events) add.run(event.id, arrived, JSON.stringify(event));
    },
    get: (id) => {
      const row = get.get(id);
      return row === undefined ? undefined : rawLog(row);
    },
    newest: (count) => newest.all(count).map(rawLog),
    prune: () => {
      prune.run(most);
    },
  };
}

function rawLog(row: Readonly<Record<string, unknown>>): RawLog {
  return { arrived: Number(row["arrived"]), event: JSON.parse(String(row["body"])) as LogEvent };
}
