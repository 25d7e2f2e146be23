import type { DatabaseSync } from "node:sqlite";
import { type CheckStore, createCheckStore } from "./store/check-store.ts";
import { inTransaction, openDatabase } from "./store/database.ts";
import { createInbox, type Inbox } from "./store/inbox.ts";
import { createLogStore, type LogStore } from "./store/log-store.ts";
import { createMetricStore, type MetricStore } from "./store/metric-store.ts";
import { createRawStore, type RawStore } from "./store/raw-store.ts";

/** All that the stand-in was sent: logs, metrics and service checks, in one database. */
export interface Telemetry {
  readonly inbox: Inbox;
  readonly logs: LogStore;
  readonly raw: RawStore;
  readonly metrics: MetricStore;
  readonly checks: CheckStore;
  /** Runs changes as one: all of them are on disk afterwards, or none. */
  together<T>(change: () => T): T;
  /** Forgets everything. */
  clear(): void;
  close(): void;
}

/** @param dir a folder, or `:memory:` */
export function openTelemetry(dir: string): Telemetry {
  const database = openDatabase(dir);
  const [logs, metrics] = [createLogStore(database), createMetricStore(database)];
  /** What is kept in memory beside the database may hold what was not written after all. */
  const forget = (): void => {
    logs.counters.forget();
    metrics.forget();
  };
  return {
    inbox: createInbox(database),
    logs,
    metrics,
    raw: createRawStore(database),
    checks: createCheckStore(database),
    together: (change) => {
      try {
        return inTransaction(database, change);
      } catch (error) {
        forget();
        throw error;
      }
    },
    clear: () => {
      clear(database);
      forget();
    },
    close: () => {
      database.close();
    },
  };
}

function clear(database: DatabaseSync): void {
  inTransaction(database, () => {
    database.exec("DELETE FROM logs; DELETE FROM raw; DELETE FROM points; DELETE FROM checks;");
  });
}
