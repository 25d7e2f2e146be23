import { attributeAt, type LogEvent } from "../log-event.ts";
import { valuesAt } from "./log-metrics.ts";

/** One figure that an aggregation wants of each group. */
export interface Compute {
  readonly aggregation: Aggregation;
  /** The attribute; not for `count`. */
  readonly metric?: string;
  /** Width of a step in milliseconds where a line in time is wanted. */
  readonly interval?: number;
}

export interface GroupBy {
  readonly facet: string;
  readonly limit: number;
  readonly order: "asc" | "desc";
  /** Stands for logs that have no such facet; they are left out without it. */
  readonly missing?: string;
}

export interface Bucket {
  readonly by: Readonly<Record<string, string>>;
  /** In the order of the figures that were wanted. */
  readonly computes: readonly (number | null | readonly { time: string; value: number | null }[])[];
}

const percentiles = { pc75: 0.75, pc90: 0.9, pc95: 0.95, pc98: 0.98, pc99: 0.99, median: 0.5 };

/** What can be computed of the values of an attribute; `null` where there is none. */
const figures = {
  sum: (values: number[]) => values.reduce((sum, value) => sum + value, 0),
  min: (values: number[]) => values.reduce((a, b) => Math.min(a, b)),
  max: (values: number[]) => values.reduce((a, b) => Math.max(a, b)),
  avg: (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length,
};

export type Aggregation = "count" | "cardinality" | keyof typeof figures | keyof typeof percentiles;

export const aggregations: readonly string[] = [
  "count",
  "cardinality",
  ...Object.keys(figures),
  ...Object.keys(percentiles),
];

/** Groups logs and computes figures of each group, as Datadog's aggregate endpoint does. */
export function aggregate(
  events: Iterable<LogEvent>,
  computes: readonly Compute[],
  groupBy: readonly GroupBy[],
): Bucket[] {
  const groups = new Map<string, { by: Record<string, string>; events: LogEvent[] }>();
  for (const event of events) {
    for (const by of groupsOf(event, groupBy)) {
      const key = JSON.stringify(Object.values(by));
      const group = groups.get(key) ?? { by, events: [] };
      group.events.push(event);
      groups.set(key, group);
    }
  }
  if (groupBy.length === 0 && groups.size === 0) {
    groups.set("", { by: {}, events: [] });
  }
  return limited([...groups.values()], computes[0] ?? { aggregation: "count" }, groupBy).map(
    (group) => ({ by: group.by, computes: computes.map((one) => computed(group.events, one)) }),
  );
}

/** Every group that a log belongs to: several where an attribute or tag has several values. */
function groupsOf(event: LogEvent, groupBy: readonly GroupBy[]): Record<string, string>[] {
  return groupBy.reduce<Record<string, string>[]>(
    (groups, { facet, missing }) => {
      const found = valuesAt(event, facet);
      const values = found.length === 0 && missing !== undefined ? [missing] : found;
      return groups.flatMap((by) => values.map((value) => ({ ...by, [facet]: value })));
    },
    [{}],
  );
}

interface Group {
  readonly by: Record<string, string>;
  readonly events: readonly LogEvent[];
}

/** The greatest (or least) groups by the first figure, as many as each facet may have. */
function limited(groups: Group[], first: Compute, groupBy: readonly GroupBy[]): Group[] {
  const ranks = new Map(groups.map((group) => [group, valueOf(group.events, first) ?? 0]));
  const sign = groupBy[0]?.order === "asc" ? 1 : -1;
  const most = groupBy.reduce((product, { limit }) => product * limit, 1);
  return groups
    .toSorted((a, b) => sign * ((ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)))
    .slice(0, groupBy.length === 0 ? 1 : most);
}

function computed(events: readonly LogEvent[], compute: Compute): Bucket["computes"][number] {
  const { interval } = compute;
  if (interval === undefined) {
    return valueOf(events, compute);
  }
  const steps = new Map<number, LogEvent[]>();
  for (const event of events) {
    const step = Math.floor(event.timestamp / interval) * interval;
    const inside = steps.get(step) ?? [];
    inside.push(event);
    steps.set(step, inside);
  }
  return [...steps]
    .toSorted(([a], [b]) => a - b)
    .map(([step, inside]) => ({
      time: new Date(step).toISOString(),
      value: valueOf(inside, compute),
    }));
}

function valueOf(
  events: readonly LogEvent[],
  { aggregation, metric = "" }: Compute,
): number | null {
  if (aggregation === "count") {
    return events.length;
  }
  if (aggregation === "cardinality") {
    return new Set(events.flatMap((event) => valuesAt(event, metric))).size;
  }
  const numbers = events.flatMap((event) => {
    const value = attributeAt(event.attributes, metric.replace(/^@/, ""));
    return typeof value === "number" ? [value] : [];
  });
  if (numbers.length === 0) {
    return null;
  }
  return aggregation in figures
    ? figures[aggregation as keyof typeof figures](numbers)
    : percentile(numbers, percentiles[aggregation as keyof typeof percentiles]);
}

/** The smallest value that at least that share of all values does not exceed. */
function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
