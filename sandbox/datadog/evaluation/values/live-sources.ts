import { attributeAt, type LogEvent } from "../../logs/log-event.ts";
import type { State } from "../../state.ts";
import type { LogPlan } from "../query/plan.ts";
import type { CheckStatus, FoundLog, Point, Series, Sources } from "./data.ts";
import { sloFacts } from "./slo-facts.ts";

/** What the evaluation reads of the logs, metrics and service checks that were sent. */
export interface TelemetryReader {
  readonly logs: {
    /** Logs that match, oldest first; `from` and `to` both inside, in milliseconds. */
    find(window: { query: string; from: number; to: number }): Iterable<{ event: LogEvent }>;
    /** What monitors make of them; `from` outside, `to` inside. */
    readonly counters?: {
      measured(measure: Measured, from: number, to: number): ReadonlyMap<string, number>;
    };
  };
  readonly metrics: {
    /** `from` outside, `to` inside. */
    series(metric: string, from: number, to: number): readonly StoredSeries[];
  };
  readonly checks: {
    runs(
      name: string,
      from: number,
      to: number,
    ): readonly {
      readonly at: number;
      readonly tags: readonly string[];
      readonly status: number;
    }[];
  };
}

type Measured = Pick<LogPlan, "search" | "by" | "measure">;

interface StoredSeries {
  readonly tags: readonly string[];
  readonly kind: "gauge" | "count" | "rate" | "distribution";
  readonly points: readonly {
    readonly at: number;
    readonly value: number;
    readonly samples?: readonly number[];
  }[];
}

/** The evaluation's data in the stand-in: what was sent to it, and the SLOs as declared. */
export function liveSources(telemetry: TelemetryReader, state: State): Sources {
  const { counters } = telemetry.logs;
  return {
    series: (metric, { from, to }) => telemetry.metrics.series(metric, from, to).map(seriesOf),
    logs: (query, { from, to }) =>
      // The store takes both ends.
      [...telemetry.logs.find({ query, from: from + 1, to })].map(({ event }) => foundLog(event)),
    ...(counters !== undefined && {
      measured: (measure, { from, to }) => counters.measured(measure, from, to),
    }),
    checks: (check, { from, to }) =>
      telemetry.checks
        .runs(check, from, to)
        .map(({ at, tags, status }) => ({ at, tags, status: checkStatuses[status] ?? "UNKNOWN" })),
    synthetics: (monitor) => {
      const test = state.synthetics.tests.find((one) => one.monitor_id === monitor);
      return state.synthetics.results.filter((result) => result.test === test?.public_id);
    },
    slo: (id) => {
      const slo = state.slos.find((one) => one.id === id);
      return slo && sloFacts(slo);
    },
  };
}

const checkStatuses: readonly CheckStatus[] = ["OK", "WARNING", "CRITICAL"];

/** A rate is rolled up as a gauge is: by its mean. */
function seriesOf({ tags, kind, points }: StoredSeries): Series {
  if (kind !== "distribution") return { tags, points, kind: kind === "rate" ? "gauge" : kind };
  const samples = points.flatMap(({ at, samples: values = [] }): Point[] =>
    values.map((value) => ({ at, value })),
  );
  return { tags, kind, points: samples };
}

/** A log as searches name its parts: `@` before attributes, reserved names and tags without. */
export function foundLog(event: LogEvent): FoundLog {
  return { at: event.timestamp, valueOf: (path) => logValue(event, path) };
}

const reserved = ["service", "status", "source", "host"] as const;

/** Value at a path of a log; undefined where there is none. */
export function logValue(event: LogEvent, path: string): unknown {
  if (path.startsWith("@")) return attributeAt(event.attributes, path.slice(1));
  const field = reserved.find((name) => name === path);
  if (field !== undefined) return event[field];
  return event.tags.find((tag) => tag.startsWith(`${path}:`))?.slice(path.length + 1);
}
