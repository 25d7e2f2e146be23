import type { Grouped } from "../evaluation/query/metric-expression.ts";
import type { LogMeasure } from "../evaluation/query/plan.ts";
import { Unread } from "../evaluation/query/unread.ts";
import type { FoundLog, Span } from "../evaluation/values/data.ts";
import { type Grid, intervalOf } from "../evaluation/values/interval.ts";
import { logValues } from "../evaluation/values/log-value.ts";
import type { Compute, SourceQuery } from "./formula-request.ts";
import type { QuerySources } from "./query-sources.ts";

/** The lines or events that a query of them finds, with what it makes of them. */
export interface EventTable {
  readonly found: readonly FoundLog[];
  readonly by: readonly string[];
  readonly measure: LogMeasure;
  /** Groups that the limits leave. */
  readonly kept: ReadonlySet<string>;
}

/** @throws Unread where a part of the query is not understood */
export async function eventTable(
  query: SourceQuery,
  span: Span,
  sources: QuerySources,
): Promise<EventTable> {
  const { search = { query: "" }, compute = { aggregation: "count" }, group_by = [] } = query;
  const index = query.indexes?.find((name) => name !== "*" && name !== "main" && name !== "");
  if (index !== undefined) throw new Unread(`the stand-in has no index "${index}", only "main"`);
  const text = search.query.trim() === "" ? "*" : search.query;
  const found = await (query.data_source === "logs"
    ? sources.logs(text, span)
    : sources.events(text, span));
  const by = group_by.map(({ facet }) => facet);
  const measure = measureOf(compute);
  return { found, by, measure, kept: keptGroups(found, by, group_by) };
}

const measures: Partial<Record<string, "avg" | "sum" | "min" | "max">> = {
  avg: "avg",
  sum: "sum",
  min: "min",
  max: "max",
};

function measureOf({ aggregation, metric }: Compute): LogMeasure {
  if (aggregation === "count") return { kind: "count" };
  if (metric === undefined) throw new Unread(`compute.metric is missing: ${aggregation} wants one`);
  if (aggregation === "cardinality") return { kind: "cardinality", path: metric };
  const known = measures[aggregation];
  if (known !== undefined) return { kind: "measure", aggregation: known, percent: 0, path: metric };
  const [, percent] = /^pc(\d\d)$/.exec(aggregation) ?? [];
  if (percent === undefined) {
    throw new Unread(`the aggregation ${aggregation} of logs is not understood here`);
  }
  const percentile = { aggregation: "percentile", percent: Number(percent) } as const;
  return { kind: "measure", ...percentile, path: metric };
}

const defaultLimit = 10;

/** The groups with the highest (or lowest) figure over the whole window. */
function keptGroups(
  found: readonly FoundLog[],
  by: readonly string[],
  groups: NonNullable<SourceQuery["group_by"]>,
): ReadonlySet<string> {
  const [first] = groups;
  const measure = measureOf(first?.sort ?? { aggregation: "count" });
  const sign = first?.sort?.order === "asc" ? 1 : -1;
  const most = groups.reduce((product, { limit = defaultLimit }) => product * limit, 1);
  const ranked = [...logValues({ by, measure }, found)].sort(([, a], [, b]) => sign * (a - b));
  return new Set(ranked.slice(0, most).map(([group]) => group));
}

/** The measure of each interval, as a log monitor measures its window. */
export function eventsOverTime({ found, by, measure, kept }: EventTable, grid: Grid): Grouped {
  const inside = new Map<number, FoundLog[]>();
  for (const one of found) {
    const interval = intervalOf(one.at, grid.millis);
    const there = inside.get(interval);
    if (there === undefined) inside.set(interval, [one]);
    else there.push(one);
  }
  const groups = new Map<string, Map<number, number>>();
  for (const [interval, logs] of inside) {
    for (const [group, value] of logValues({ by, measure }, logs)) {
      if (!kept.has(group)) continue;
      const values = groups.get(group) ?? new Map<number, number>();
      groups.set(group, values.set(interval, value));
    }
  }
  return groups;
}

/** The measure of the whole window; what is counted and not there is 0. */
export function eventsInAll({ found, by, measure, kept }: EventTable): ReadonlyMap<string, number> {
  const values = new Map([...logValues({ by, measure }, found)].filter(([name]) => kept.has(name)));
  if (values.size === 0 && by.length === 0 && measure.kind !== "measure") values.set("*", 0);
  return values;
}
