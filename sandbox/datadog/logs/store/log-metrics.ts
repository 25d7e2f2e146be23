import type { LogsMetric } from "../../state.ts";
import { attributeAt, type LogEvent, textOf } from "../log-event.ts";
import type { MetricPoint } from "./metric-store.ts";
import { tagValues } from "../../search/predicate.ts";

/** Datadog counts log-based metrics in steps of ten seconds. */
const stepMs = 10_000;

/** It takes no log that is stamped earlier than this before its arrival. */
const oldestMs = 20 * 60_000;

/** A log and whether each metric's filter lets it in. */
export interface Judged {
  readonly event: LogEvent;
  /** When it arrived, milliseconds since 1970. */
  readonly arrived: number;
  /** In the order of the metrics. */
  readonly matches: readonly boolean[];
}

/** What logs add to the log-based metrics as declared. */
export function metricPoints(
  metrics: readonly LogsMetric[],
  logs: readonly Judged[],
): MetricPoint[] {
  return logs.flatMap(({ event, arrived, matches }) =>
    event.timestamp < arrived - oldestMs
      ? []
      : metrics.flatMap((metric, index) => (matches[index] === true ? pointOf(metric, event) : [])),
  );
}

function pointOf({ id, attributes }: LogsMetric, event: LogEvent): MetricPoint[] {
  const { compute, group_by } = attributes;
  const at = Math.floor(event.timestamp / stepMs) * stepMs;
  const tags = group_by.flatMap(({ path, tag_name }) =>
    valuesAt(event, path).map((value) => `${tag_name ?? path.replace(/^@/, "")}:${value}`),
  );
  if (compute.aggregation_type === "count") {
    return [{ metric: id, at, tags, kind: "count", value: 1 }];
  }
  const value = attributeAt(event.attributes, (compute.path ?? "").replace(/^@/, ""));
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number)
    ? [{ metric: id, at, tags, kind: "distribution", value: number, samples: [number] }]
    : [];
}

const reserved = ["host", "service", "source", "status", "trace_id"] as const;

/** Values of a facet: `@attribute`, a field of the log, or a tag. */
export function valuesAt(event: LogEvent, path: string): string[] {
  if (path.startsWith("@")) {
    const value = attributeAt(event.attributes, path.slice(1)) ?? [];
    return [value].flat().map(textOf);
  }
  const field = reserved.find((name) => name === path);
  if (field !== undefined) {
    return event[field] === "" ? [] : [event[field]];
  }
  return tagValues(event, path);
}
