import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Raised when a table changes: a file of another version is refused, never read wrongly. */
const version = 1;

const schema = `
  CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, batch TEXT NOT NULL, arrived INTEGER NOT NULL,
    logs INTEGER NOT NULL, body TEXT NOT NULL
  );
  CREATE TABLE seen (batch TEXT PRIMARY KEY, arrived INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX seen_by_time ON seen (arrived);
  CREATE TABLE logs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, timestamp INTEGER NOT NULL,
    service TEXT NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX logs_by_time ON logs (timestamp, seq);
  CREATE INDEX logs_by_service ON logs (service, timestamp);
  CREATE TABLE points (
    metric TEXT NOT NULL, at INTEGER NOT NULL, tags TEXT NOT NULL, kind TEXT NOT NULL,
    value REAL NOT NULL, samples TEXT, PRIMARY KEY (metric, at, tags)
  ) WITHOUT ROWID;
  CREATE INDEX points_by_time ON points (at);
  CREATE TABLE checks (
    name TEXT NOT NULL, at INTEGER NOT NULL, tags TEXT NOT NULL, status INTEGER NOT NULL,
    message TEXT NOT NULL, PRIMARY KEY (name, at, tags)
  ) WITHOUT ROWID;
`;

/** Came later, and older programs do without it: files of this version get it when they are opened. */
const rawLogs = `
  CREATE TABLE IF NOT EXISTS raw (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, arrived INTEGER NOT NULL,
    body TEXT NOT NULL
  );
`;

/**
 * Opens the telemetry database of a folder, or makes it; `:memory:` keeps it in memory. A
 * transaction that was acknowledged outlives the machine's power.
 *
 * @throws one line that says what is wrong with the file
 */
export function openDatabase(dir: string): DatabaseSync {
  const file = dir === ":memory:" ? dir : join(dir, "telemetry.sqlite");
  if (dir !== ":memory:") {
    mkdirSync(dir, { recursive: true });
  }
  try {
    const database = new DatabaseSync(file);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    const { user_version: found } = database.prepare("PRAGMA user_version").get() ?? {};
    if (found === 0) {
      database.exec(`BEGIN; ${schema} PRAGMA user_version = ${version}; COMMIT;`);
    } else if (found !== version) {
      throw new Error(`it is of version ${String(found)}, this program reads ${version}`);
    }
    database.exec(rawLogs);
    return database;
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`cannot use ${file} (${message}): move it away to start empty`, {
      cause: error,
    });
  }
}

/** Runs changes as one: all of them are on disk afterwards, or none. */
export function inTransaction<T>(database: DatabaseSync, change: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = change();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** A full disk ends the transaction by itself: what is to be reported is the first error. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // no transaction is open any more
  }
}
