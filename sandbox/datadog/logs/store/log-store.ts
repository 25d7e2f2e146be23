import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { indexTerms } from "../../search/index-terms.ts";
import { parseSearch } from "../../search/parse.ts";
import { predicateOf } from "../../search/predicate.ts";
import type { LogEvent } from "../log-event.ts";
import { createLogCounters, type LogCounters } from "./log-counters.ts";

/** Logs that match a search in a piece of time, `from` and `to` both inside, in milliseconds. */
interface LogWindow {
  /** In Datadog's search syntax. */
  readonly query: string;
  readonly from: number;
  readonly to: number;
}

export interface LogStore {
  /** Adds logs; one whose id is there already is left as it is. */
  add(events: readonly LogEvent[]): void;
  /**
   * The logs of a window, one after the other.
   *
   * @param after where an earlier call of the same window ended
   * @throws SearchError where the query is not understood
   */
  find(window: LogWindow, order?: Order, after?: Position): IterableIterator<Found>;
  /** Lines of log monitors, counted as they arrive. */
  readonly counters: Pick<LogCounters, "measured" | "forget">;
  count(): number;
  /** Hosts of the newest logs since a moment, with the time of the last log of each. */
  hosts(since: number): readonly { readonly host: string; readonly at: number }[];
  /** Removes the oldest above the bound; returns how many. */
  prune(): number;
}

type Order = "oldest" | "newest";

interface Position {
  readonly timestamp: number;
  readonly seq: number;
}

export interface Found {
  readonly event: LogEvent;
  readonly position: Position;
}

/** Beyond it the oldest logs go: about a gigabyte on disk. */
const mostLogs = 500_000;

export function createLogStore(database: DatabaseSync, most = mostLogs): LogStore {
  const add = database.prepare(
    "INSERT OR IGNORE INTO logs (id, timestamp, service, status, body) VALUES (?, ?, ?, ?, ?)",
  );
  const count = database.prepare("SELECT count(*) AS logs FROM logs");
  const prune = database.prepare(
    "DELETE FROM logs WHERE seq IN (SELECT seq FROM logs ORDER BY timestamp, seq LIMIT ?)",
  );
  const hosts = database.prepare(
    `SELECT json_extract(body, '$.host') AS host, max(timestamp) AS at FROM
       (SELECT body, timestamp FROM logs WHERE timestamp >= ? ORDER BY timestamp DESC LIMIT 20000)
     GROUP BY host`,
  );
  const countLogs = (): number => Number(count.get()?.["logs"]);
  const counters = createLogCounters(function* (query, after) {
    const window = { query, from: after + 1, to: Number.MAX_SAFE_INTEGER };
    const found = findLogs(database, { ...window, order: "oldest", after: undefined });
    for (const { event } of found) yield event;
  });
  return {
    counters,
    add: (events) => {
      const added = events.filter((event) => {
        const { id, timestamp, service, status } = event;
        return add.run(id, timestamp, service, status, JSON.stringify(event)).changes > 0;
      });
      counters.add(added);
    },
    find: (window, order = "oldest", after) => findLogs(database, { ...window, order, after }),
    count: countLogs,
    hosts: (since) =>
      hosts.all(since).map((row) => ({ host: String(row["host"]), at: Number(row["at"]) })),
    prune: () => {
      const tooMany = countLogs() - most;
      return tooMany > 0 ? Number(prune.run(tooMany).changes) : 0;
    },
  };
}

interface Question extends LogWindow {
  readonly order: Order;
  readonly after: Position | undefined;
}

/** The store narrows by time, service and status; the search itself judges what is left. */
function* findLogs(database: DatabaseSync, question: Question): IterableIterator<Found> {
  const { query, from, to, order, after } = question;
  const search = parseSearch(query);
  const matches = predicateOf(search);
  const { service, status } = indexTerms(search);
  const [sign, direction] = order === "oldest" ? [">", "ASC"] : ["<", "DESC"];
  const conditions: [text: string, ...values: SQLInputValue[]][] = [
    ["timestamp >= ? AND timestamp <= ?", Math.ceil(from), Math.floor(to)],
  ];
  if (service !== undefined) {
    conditions.push(["service = ?", service]);
  }
  if (status !== undefined) {
    conditions.push(["status = ?", status]);
  }
  if (after !== undefined) {
    conditions.push([`(timestamp, seq) ${sign} (?, ?)`, after.timestamp, after.seq]);
  }
  const rows = database
    .prepare(
      `SELECT seq, body FROM logs WHERE ${conditions.map(([text]) => text).join(" AND ")}
       ORDER BY timestamp ${direction}, seq ${direction}`,
    )
    .iterate(...conditions.flatMap(([, ...values]) => values));
  for (const row of rows) {
    const event = JSON.parse(String(row["body"])) as LogEvent;
    if (matches(event)) {
      yield { event, position: { timestamp: event.timestamp, seq: Number(row["seq"]) } };
    }
  }
}
