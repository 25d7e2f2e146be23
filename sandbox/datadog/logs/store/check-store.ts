import type { DatabaseSync } from "node:sqlite";

/** One run of a service check, as `POST /api/v1/check_run` has it: 0 ok, 1 warning, 2 critical. */
interface CheckRun {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tags: readonly string[];
  readonly status: number;
  readonly message: string;
}

export interface CheckStore {
  add(runs: readonly CheckRun[]): void;
  /** Runs of a check in order of time, `from` outside of the time and `to` inside. */
  runs(name: string, from: number, to: number): CheckRun[];
  /** All checks that have runs. */
  names(): string[];
  /** The last run of each set of tags since a moment. */
  latest(since: number): readonly Pick<CheckRun, "at" | "tags">[];
  prune(now: number): void;
}

const kept = 3 * 24 * 3_600_000;

export function createCheckStore(database: DatabaseSync): CheckStore {
  const put = database.prepare(
    "INSERT OR REPLACE INTO checks (name, at, tags, status, message) VALUES (?, ?, ?, ?, ?)",
  );
  const select = database.prepare(
    `SELECT name, at, tags, status, message FROM checks
     WHERE name = ? AND at > ? AND at <= ? ORDER BY at`,
  );
  const names = database.prepare("SELECT DISTINCT name FROM checks ORDER BY name");
  const latest = database.prepare(
    "SELECT tags, max(at) AS at FROM checks WHERE at >= ? GROUP BY tags",
  );
  const prune = database.prepare("DELETE FROM checks WHERE at < ?");
  return {
    add: (runs) => {
      for (const { name, at, tags, status, message } of runs) {
        put.run(name, at, JSON.stringify(tags.toSorted()), status, message);
      }
    },
    runs: (name, from, to) =>
      select.all(name, Math.floor(from), Math.floor(to)).map((row) => ({
        name: String(row["name"]),
        at: Number(row["at"]),
        tags: JSON.parse(String(row["tags"])) as string[],
        status: Number(row["status"]),
        message: String(row["message"]),
      })),
    names: () => names.all().map((row) => String(row["name"])),
    latest: (since) =>
      latest.all(since).map((row) => ({
        at: Number(row["at"]),
        tags: JSON.parse(String(row["tags"])) as string[],
      })),
    prune: (now) => {
      prune.run(now - kept);
    },
  };
}
