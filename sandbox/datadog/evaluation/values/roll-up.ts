import type { Grouped, Intervals, SeriesQuery } from "../query/metric-expression.ts";
import { groupOf, tagsMatch } from "../query/tag-filter.ts";
import { Unread } from "../query/unread.ts";
import type { Series } from "./data.ts";
import { filled } from "./fill-gaps.ts";
import { type Grid, intervalOf } from "./interval.ts";
import { overTime, percentile } from "./time-aggregation.ts";

/**
 * Values of each group of a metric query: points are rolled up to intervals by their kind, then
 * aggregated over the series of the group.
 */
export function rolledUp(query: SeriesQuery, series: readonly Series[], grid: Grid): Grouped {
  const members = new Map<string, Map<number, number[]>>();
  for (const one of series) {
    if (!tagsMatch(query.scope, one.tags)) continue;
    const group = groupOf(query.by, one.tags);
    if (group === undefined) continue;
    const table = members.get(group) ?? new Map<number, number[]>();
    addSeries(table, one, query, grid);
    if (table.size > 0) members.set(group, table);
  }
  const perSecond = query.asRate === true ? 1000 / grid.millis : 1;
  return new Map(
    [...members].map(([group, table]) => {
      const values = overSpace(query, table, perSecond);
      return [group, query.fill === undefined ? values : filled(values, query.fill, grid)];
    }),
  );
}

/** Adds one series: one value an interval for gauges and counts, the samples otherwise. */
function addSeries(
  table: Map<number, number[]>,
  { kind, points }: Series,
  query: SeriesQuery,
  { span: { from, to }, millis }: Grid,
): void {
  const byInterval = new Map<number, number[]>();
  for (const { at, value } of points) {
    if (at <= from || at > to) continue;
    const interval = intervalOf(at, millis);
    const values = byInterval.get(interval);
    if (values === undefined) byInterval.set(interval, [value]);
    else values.push(value);
  }
  for (const [interval, values] of byInterval) {
    const rolled = ofInterval(kind, query, values);
    const there = table.get(interval);
    if (there === undefined) table.set(interval, [...rolled]);
    else there.push(...rolled);
  }
}

function ofInterval(
  kind: Series["kind"],
  { aggregation, metric, rollup }: SeriesQuery,
  values: readonly number[],
): readonly number[] {
  if (kind === "distribution") return aggregation === "count" ? [values.length] : values;
  if (aggregation.startsWith("p")) {
    throw new Unread(`${aggregation}: is of distributions, and ${metric} is a ${kind}`);
  }
  return [overTime(rollup?.method ?? rollups[kind], values) ?? 0];
}

const rollups = { gauge: "avg", count: "sum" } as const;

function overSpace(
  { aggregation }: SeriesQuery,
  table: ReadonlyMap<number, readonly number[]>,
  factor: number,
): Intervals {
  const [, percent] = /^p([\d.]+)$/.exec(aggregation) ?? [];
  const reduce = aggregation === "count" ? "sum" : aggregation;
  const value = (values: readonly number[]) =>
    (percent === undefined
      ? overTime(reduce as "sum", values)
      : percentile(values, Number(percent))) ?? 0;
  return new Map([...table].map(([interval, values]) => [interval, value(values) * factor]));
}
