import {
  type Expression,
  type Grouped,
  type Intervals,
  type SeriesQuery,
  seriesOf,
} from "../query/metric-expression.ts";
import { Unread } from "../query/unread.ts";
import { rollupSeconds } from "../query/windows.ts";
import type { Series, Span } from "./data.ts";
import { calculated, groupedValue, type Tables } from "./grouped-value.ts";
import { type Grid, gridOf } from "./interval.ts";
import { rolledUp } from "./roll-up.ts";
import { overTime } from "./time-aggregation.ts";

/** What a metric monitor measures at one moment. */
export interface MetricQuestion {
  readonly aggregation: "avg" | "sum" | "min" | "max";
  readonly expression: Expression;
  readonly span: Span;
  /** Whether every interval of the window must have a point. */
  readonly fullWindow: boolean;
}

/** The series of one metric query, before its scope is applied. */
export type SeriesFor = (query: SeriesQuery) => readonly Series[];

/** The values of an expression over a window, in the intervals of its roll-up. */
export interface MetricTable {
  readonly grid: Grid;
  readonly tables: Tables;
  readonly groups: Grouped;
}

/**
 * What a query is in each interval of a window: what monitors reduce to one value, and what
 * `GET /api/v1/query` answers.
 *
 * @param seconds - of an interval, where the query does not say it by `.rollup()`
 * @throws Unread where the query cannot be evaluated
 */
export function metricTable(
  expression: Expression,
  span: Span,
  seriesFor: SeriesFor,
  seconds = rollupSeconds((span.to - span.from) / 60_000),
): MetricTable {
  const queries = seriesOf(expression);
  const grid = gridOf(span, (widthOf(queries) ?? seconds) * 1000);
  if (grid.last - grid.first >= mostIntervals) {
    throw new Unread(`a window of more than ${mostIntervals} intervals: write a longer .rollup()`);
  }
  const tables = new Map(
    queries.map((query) => [query, rolledUp(query, seriesFor(query), grid)] as const),
  );
  return { grid, tables, groups: groupedValue(expression, tables, grid) };
}

/** A day of seconds, and more than any graph; each may hold a value of each group. */
const mostIntervals = 100_000;

function widthOf(queries: readonly SeriesQuery[]): number | undefined {
  const widths = new Set(queries.map(({ rollup }) => rollup?.seconds));
  if (widths.size > 1) throw new Unread("the parts of a query have roll-ups of several lengths");
  return [...widths][0];
}

/**
 * Value of each group of an expression over a window. A group without points, or whose result is
 * no number (0 / 0), is absent.
 *
 * With arithmetic and `.as_count()`, each series is summed over time first, and one without
 * points counts as 0: https://docs.datadoghq.com/monitors/guide/as-count-in-monitor-evaluations/
 */
export function metricValues(
  question: MetricQuestion,
  seriesFor: SeriesFor,
): ReadonlyMap<string, number> {
  const { expression, span } = question;
  const table = metricTable(expression, span, seriesFor);
  const groups = new Set([...table.tables.values()].flatMap((byGroup) => [...byGroup.keys()]));
  const values = new Map<string, number>();
  for (const group of groups) {
    const value = valueOfGroup(question, table, group);
    if (value !== undefined && Number.isFinite(value)) values.set(group, value);
  }
  return values;
}

function valueOfGroup(
  { aggregation, expression, fullWindow }: MetricQuestion,
  { tables, groups, grid }: MetricTable,
  group: string,
): number | undefined {
  const isFull = [...tables.values()].every(
    (byGroup) => byGroup.get(group)?.size === grid.last - grid.first + 1,
  );
  if (fullWindow && !isFull) return undefined;
  const sumsFirst =
    expression.kind !== "series" && seriesOf(expression).some(({ asCount }) => asCount);
  return sumsFirst
    ? summed(expression, tables, group)
    : overTime(aggregation, [...(groups.get(group)?.values() ?? [])]);
}

/** Sums over time first, then the arithmetic. */
function summed(expression: Expression, tables: Tables, group: string): number | undefined {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "series":
      return totalOf(tables.get(expression.query)?.get(group));
    case "defaultZero":
      return summed(expression.of, tables, group) ?? 0;
    case "arithmetic": {
      const left = summed(expression.left, tables, group);
      return calculated(expression.operator, left, summed(expression.right, tables, group));
    }
    case "call":
    case "known":
      throw new Unread("functions of sums by .as_count() are not understood here");
  }
}

function totalOf(values: Intervals | undefined): number {
  return overTime("sum", [...(values?.values() ?? [])]) ?? 0;
}
