import { setTimeout as sleep } from "node:timers/promises";
import type { LogIndex } from "../log-storage.ts";
import type { LogsMetric, Pipeline } from "../state.ts";
import { CompileError } from "../vrl/compiled-programs.ts";
import { parseSearch } from "../search/parse.ts";
import type { LogEvent } from "./log-event.ts";
import { indexed, searchesOf } from "./log-indexes.ts";
import { metricPoints } from "./store/log-metrics.ts";
import { runPipelines } from "./pipeline.ts";
import { engineWithoutVrl, type LogEngine, type MatchOutcome } from "./pipeline-engine.ts";
import type { Telemetry } from "./telemetry.ts";

export interface IngestionOptions {
  readonly telemetry: Telemetry;
  /** Logs wait until it is there. */
  readonly engine: Promise<LogEngine>;
  /** What is declared at this moment. */
  readonly declared: () => Declared;
  readonly clock: () => Date;
  /** Takes one line for each failure. */
  readonly report: (line: string) => void;
  /** Most logs that may wait; above it batches are refused. @default 20000 */
  readonly mostWaiting?: number;
}

interface Declared {
  readonly pipelines: readonly Pipeline[];
  readonly metrics: readonly LogsMetric[];
  readonly logIndexes: readonly LogIndex[];
}

/** Takes logs from the inbox through the pipelines into the store. */
export interface Ingestion {
  /** Keeps a batch on disk; to be tried again later where it is full. */
  submit(batch: string, events: readonly LogEvent[]): "accepted" | "known" | "full";
  readonly figures: IngestionFigures;
  /** Resolves when no log waits. */
  idle(): Promise<void>;
  /** Ends after the logs in hand; those that wait stay on disk. */
  close(): Promise<void>;
}

export interface IngestionFigures {
  accepted: number;
  stored: number;
  /** Logs of these that an exclusion filter of an index leaves out: counted, and not found. */
  excluded: number;
  /** Batches that came again, and that were refused because too many logs waited. */
  repeated: number;
  refused: number;
  /** Logs that VRL could not deal with, stored as they were, and the newest of them. */
  unparsed: number;
  newestUnparsed: { at: string; why: string; message: string }[];
}

/** Logs that go through the pipelines at once. */
const together = 500;

/** After this number of failures in a row the logs go on without VRL. */
const mostFailures = 3;
const retryAfterMs = 500;
const mostListed = 20;

export function startIngestion(options: IngestionOptions): Ingestion {
  const { telemetry, mostWaiting = 20_000, clock } = options;
  const { inbox } = telemetry;
  const figures: IngestionFigures = {
    accepted: 0,
    stored: 0,
    excluded: 0,
    repeated: 0,
    refused: 0,
    unparsed: 0,
    newestUnparsed: [],
  };
  const loop = startLoop(options, figures);
  return {
    figures,
    submit: (batch, events) => {
      if (inbox.knows(batch)) {
        figures.repeated += 1;
        return "known";
      }
      if (inbox.waiting() + events.length > mostWaiting && inbox.waiting() > 0) {
        figures.refused += 1;
        return "full";
      }
      inbox.accept(batch, events, clock().getTime());
      figures.accepted += events.length;
      loop.wake();
      return "accepted";
    },
    idle: loop.idle,
    close: loop.close,
  };
}

interface Loop extends Pick<Ingestion, "idle" | "close"> {
  wake(): void;
}

/** Works while logs wait. What fails is tried again, and in the end done without VRL. */
function startLoop(options: IngestionOptions, figures: IngestionFigures): Loop {
  const { inbox } = options.telemetry;
  let running: Promise<void> | undefined;
  let closed = false;
  let isReady = false;
  const ready = options.engine.then(() => {
    isReady = true;
  });

  async function work(): Promise<void> {
    await ready;
    let failures = 0;
    while (!closed && inbox.waiting() > 0) {
      try {
        const isLast = failures >= mostFailures;
        const engine = isLast ? engineWithoutVrl("VRL does not answer") : await options.engine;
        await takeBatch(options, engine, figures);
        failures = 0;
      } catch (error) {
        failures += 1;
        options.report(`logs wait: ${(error as Error).message}`);
        await sleep(retryAfterMs);
      }
    }
    running = undefined;
  }

  const wake = (): void => {
    running ??= work();
  };
  wake();
  return {
    wake,
    idle: async () => {
      await running;
    },
    close: async () => {
      closed = true;
      // an engine that is still on its way has nothing in hand
      await (isReady ? running : undefined);
    },
  };
}

/** The oldest batches, as one change of the database: stored, counted, and gone from the inbox. */
async function takeBatch(
  { telemetry, declared, clock }: IngestionOptions,
  engine: LogEngine,
  figures: IngestionFigures,
): Promise<void> {
  const { inbox, logs, raw, metrics } = telemetry;
  const batches = inbox.oldest(together);
  if (batches.length === 0) {
    throw new Error("the inbox counts logs that it does not hold");
  }
  const events = batches.flatMap((batch) => batch.events);
  const arrived = batches.at(-1)?.arrived ?? clock().getTime();
  const { pipelines, metrics: definitions, logIndexes } = declared();
  const processed = await runPipelines(pipelines, events, engine, arrived);
  const done = processed.map(({ event }) => event);
  const points = await pointsOf(definitions, done, { engine, arrived });
  const kept = await keptOf(logIndexes, done, engine);
  telemetry.together(() => {
    logs.add(kept);
    batches.forEach((batch) => {
      raw.add(batch.events, batch.arrived);
    });
    metrics.add(points);
    inbox.remove(batches);
  });
  figures.stored += done.length;
  figures.excluded += done.length - kept.length;
  for (const { event, failures } of processed.filter((one) => one.failures.length > 0)) {
    const at = clock().toISOString();
    figures.unparsed += 1;
    figures.newestUnparsed = [
      { at, why: failures.join(", "), message: event.message.slice(0, 200) },
      ...figures.newestUnparsed,
    ].slice(0, mostListed);
  }
  logs.prune();
  raw.prune();
  metrics.prune(arrived);
}

/** Points of the log-based metrics; one whose filter cannot be read counts nothing. */
async function pointsOf(
  definitions: readonly LogsMetric[],
  events: readonly LogEvent[],
  { engine, arrived }: { engine: LogEngine; arrived: number },
): Promise<ReturnType<typeof metricPoints>> {
  const usable = definitions.filter((metric) => isSearch(filterOf(metric)));
  if (usable.length === 0) {
    return [];
  }
  const matches = await matchesOf(usable.map(filterOf), events, engine);
  const judged = events.map((event, index) => {
    const found = matches[index] ?? [];
    return { event, arrived, matches: "failed" in found ? [] : found };
  });
  return metricPoints(usable, judged);
}

/** What is found by a search: no exclusion filter of its index leaves it out. */
async function keptOf(
  indexes: readonly LogIndex[],
  events: readonly LogEvent[],
  engine: LogEngine,
): Promise<readonly LogEvent[]> {
  if (indexes.length === 0) {
    return events;
  }
  const matches = await matchesOf(searchesOf(indexes), events, engine);
  return events.filter((event, index) => {
    const found = matches[index] ?? [];
    // what cannot be judged is better found than lost
    return "failed" in found || indexed(indexes, event.id, found);
  });
}

async function matchesOf(
  queries: readonly string[],
  events: readonly LogEvent[],
  engine: LogEngine,
): Promise<MatchOutcome[]> {
  try {
    return await engine.match(queries, events);
  } catch (error) {
    if (error instanceof CompileError) {
      return engineWithoutVrl(error.message).match(queries, events);
    }
    throw error;
  }
}

function filterOf({ attributes }: LogsMetric): string {
  return attributes.filter.query ?? "*";
}

function isSearch(query: string): boolean {
  try {
    parseSearch(query);
    return true;
  } catch {
    return false;
  }
}
