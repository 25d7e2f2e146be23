import type { Store } from "../store.ts";
import { type Ingestion, type IngestionFigures, startIngestion } from "./ingestion.ts";
import { type NotRun, notRun } from "./processors/unsupported-processors.ts";
import type { LogEngine } from "./pipeline-engine.ts";
import type { Telemetry } from "./telemetry.ts";

/** Everything that happens to what the stand-in is sent. */
export interface LogService {
  readonly telemetry: Telemetry;
  readonly ingestion: Ingestion;
  readonly engine: Promise<LogEngine>;
  /** For people: figures, and parts of the declared pipelines that cannot be run. */
  report(): Promise<LogReport>;
  close(): Promise<void>;
}

interface LogReport extends IngestionFigures {
  /** Logs in the store, and those that wait for the pipelines. */
  readonly logs: number;
  readonly waiting: number;
  readonly notRun: readonly NotRun[];
}

interface LogServiceOptions {
  readonly telemetry: Telemetry;
  /** Logs wait until it is there. */
  readonly engine: Promise<LogEngine>;
  readonly store: Store;
  readonly clock: () => Date;
  /** Takes one line for each failure. */
  readonly report: (line: string) => void;
}

export function startLogService(options: LogServiceOptions): LogService {
  const { telemetry, engine, store, clock, report } = options;
  const declared = () => store.current();
  const ingestion = startIngestion({ telemetry, engine, declared, clock, report });
  return {
    telemetry,
    ingestion,
    engine,
    report: async () => ({
      ...ingestion.figures,
      logs: telemetry.logs.count(),
      waiting: telemetry.inbox.waiting(),
      notRun: await notRun(store.current().pipelines, await engine),
    }),
    close: async () => {
      await ingestion.close();
      telemetry.close();
    },
  };
}
