import type { Series, Span } from "./data.ts";
import { type Expression, type SeriesQuery, seriesOf } from "../query/metric-expression.ts";
import { groupOf, tagsMatch } from "../query/tag-filter.ts";
import { rollupSeconds } from "../query/windows.ts";

export type TimeAggregation = "avg" | "sum" | "min" | "max";

/** What a metric monitor measures at one moment. */
export interface MetricQuestion {
  readonly aggregation: TimeAggregation;
  readonly expression: Expression;
  readonly span: Span;
  /** Whether every interval of the window must have a point. */
  readonly fullWindow: boolean;
}

/** The series of one metric query, before its scope is applied. */
export type SeriesFor = (query: SeriesQuery) => readonly Series[];

/** Values by the number of their interval. */
type Intervals = ReadonlyMap<number, number>;

/** What one group of a query has in the window. */
interface Table {
  readonly first: number;
  readonly last: number;
  readonly series: ReadonlyMap<SeriesQuery, Intervals>;
}

/** The longest gap of a gauge that is bridged by a line, in seconds. */
const longestInterpolation = 300;

/**
 * Value of each group of an expression over a window. A group without points, or whose result is
 * no number (0 / 0), is absent.
 *
 * Points are rolled up to intervals by their kind, aggregated over the series of a group, then over
 * time. With arithmetic and `.as_count()`, each series is summed over time first, and one without
 * points counts as 0: https://docs.datadoghq.com/monitors/guide/as-count-in-monitor-evaluations/
 */
export function metricValues(
  question: MetricQuestion,
  seriesFor: SeriesFor,
): ReadonlyMap<string, number> {
  const { expression, span } = question;
  const queries = seriesOf(expression);
  const millis = rollupSeconds((span.to - span.from) / 60_000) * 1000;
  const grouped = new Map(
    queries.map((query) => [query, intervalsByGroup(query, seriesFor(query), span, millis)]),
  );
  const groups = new Set([...grouped.values()].flatMap((byGroup) => [...byGroup.keys()]));
  const values = new Map<string, number>();
  for (const group of groups) {
    const series = new Map(
      queries.map((query) => [query, grouped.get(query)?.get(group) ?? new Map()]),
    );
    const [first, last] = [intervalOf(span.from + 1, millis), intervalOf(span.to, millis)];
    const value = valueOfGroup(question, { first, last, series }, millis);
    if (value !== undefined) values.set(group, value);
  }
  return values;
}

function valueOfGroup(
  { aggregation, expression, fullWindow }: MetricQuestion,
  table: Table,
  millis: number,
): number | undefined {
  if (fullWindow && [...table.series.values()].some((points) => !isFull(points, table))) {
    return undefined;
  }
  const sumsFirst =
    expression.kind !== "series" && seriesOf(expression).some(({ asCount }) => asCount);
  const value = sumsFirst
    ? summed(expression, table)
    : overTime(aggregation, [...perInterval(expression, table, millis).values()]);
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}

function isFull(points: Intervals, { first, last }: Table): boolean {
  return points.size === last - first + 1;
}

/** Sums over time first, then the arithmetic. */
function summed(expression: Expression, table: Table): number | undefined {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "series":
      return overTime("sum", [...(table.series.get(expression.query)?.values() ?? [])]) ?? 0;
    case "defaultZero":
      return summed(expression.of, table) ?? 0;
    case "arithmetic": {
      const [left, right] = [summed(expression.left, table), summed(expression.right, table)];
      return calculated(expression.operator, left, right);
    }
  }
}

/** The arithmetic in each interval; an interval that lacks an operand has no value. */
function perInterval(expression: Expression, table: Table, millis: number): Intervals {
  switch (expression.kind) {
    case "number":
      return constant(expression.value, table);
    case "series":
      return table.series.get(expression.query) ?? new Map();
    case "defaultZero":
      return zeroFilled(perInterval(expression.of, table, millis), table, millis);
    case "arithmetic": {
      const left = perInterval(expression.left, table, millis);
      const right = perInterval(expression.right, table, millis);
      const values = new Map<number, number>();
      for (const [interval, value] of left) {
        const result = calculated(expression.operator, value, right.get(interval));
        if (result !== undefined && Number.isFinite(result)) values.set(interval, result);
      }
      return values;
    }
  }
}

function constant(value: number, { first, last }: Table): Intervals {
  return new Map(Array.from({ length: last - first + 1 }, (_, index) => [first + index, value]));
}

/**
 * Fills empty intervals with 0, short gaps between points with a line. Does nothing to a window
 * without any point: https://docs.datadoghq.com/dashboards/functions/interpolation/#default-zero
 */
function zeroFilled(points: Intervals, table: Table, millis: number): Intervals {
  if (points.size === 0) return points;
  const known = [...points.keys()].sort((a, b) => a - b);
  const filled = new Map(constant(0, table));
  for (const [index, at] of known.entries()) {
    const value = points.get(at) ?? 0;
    filled.set(at, value);
    const next = known[index + 1];
    if (next === undefined || ((next - at) * millis) / 1000 > longestInterpolation) continue;
    const slope = ((points.get(next) ?? 0) - value) / (next - at);
    for (let gap = at + 1; gap < next; gap += 1) filled.set(gap, value + slope * (gap - at));
  }
  return filled;
}

function calculated(
  operator: "+" | "-" | "*" | "/",
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
  }
}

function intervalsByGroup(
  query: SeriesQuery,
  series: readonly Series[],
  span: Span,
  millis: number,
): Map<string, Intervals> {
  const members = new Map<string, Map<number, number[]>>();
  for (const one of series) {
    if (!tagsMatch(query.scope, one.tags)) continue;
    const group = groupOf(query.by, one.tags);
    if (group === undefined) continue;
    const table = members.get(group) ?? new Map<number, number[]>();
    for (const [interval, values] of rolledUp(one, query, span, millis)) {
      table.set(interval, [...(table.get(interval) ?? []), ...values]);
    }
    if (table.size > 0) members.set(group, table);
  }
  return new Map(
    [...members].map(([group, table]) => [group, overSpace(query.aggregation, table)]),
  );
}

/** Values of each interval of one series: one for gauges and counts, the samples otherwise. */
function rolledUp(
  { kind, points }: Series,
  { aggregation }: SeriesQuery,
  { from, to }: Span,
  millis: number,
): Map<number, number[]> {
  const byInterval = new Map<number, number[]>();
  for (const { at, value } of points) {
    if (at <= from || at > to) continue;
    const interval = intervalOf(at, millis);
    const values = byInterval.get(interval);
    if (values === undefined) byInterval.set(interval, [value]);
    else values.push(value);
  }
  if (kind === "distribution" && aggregation !== "count") return byInterval;
  for (const [interval, values] of byInterval) {
    const rolled = kind === "distribution" ? values.length : overTime(rollups[kind], values);
    byInterval.set(interval, [rolled ?? 0]);
  }
  return byInterval;
}

const rollups = { gauge: "avg", count: "sum" } as const;

function overSpace(
  aggregation: SeriesQuery["aggregation"],
  table: ReadonlyMap<number, readonly number[]>,
): Intervals {
  const reduce = aggregation === "count" ? "sum" : aggregation;
  return new Map([...table].map(([interval, values]) => [interval, overTime(reduce, values) ?? 0]));
}

/** One value of many; undefined of none. */
function overTime(aggregation: TimeAggregation, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sum = () => values.reduce((total, value) => total + value, 0);
  switch (aggregation) {
    case "sum":
      return sum();
    case "avg":
      return sum() / values.length;
    case "min":
      return Math.min(...values);
    case "max":
      return Math.max(...values);
  }
}

/** Intervals end at multiples of their length, the end inside. */
function intervalOf(at: number, millis: number): number {
  return Math.ceil(at / millis);
}
