import {
  type Expression,
  type Intervals,
  lookBehind,
  seriesOf,
} from "../evaluation/query/metric-expression.ts";
import { parseExpressions } from "../evaluation/query/read-expression.ts";
import { everything } from "../evaluation/query/tag-filter.ts";
import { Unread } from "../evaluation/query/unread.ts";
import type { Sources, Span } from "../evaluation/values/data.ts";
import { beginOf } from "../evaluation/values/interval.ts";
import { loadSeries } from "../evaluation/values/load-series.ts";
import { metricTable } from "../evaluation/values/metric-value.ts";
import { groupTags } from "./group-tags.ts";
import { intervalSeconds, widened, within } from "./query-window.ts";

/** One curve of a query as `GET /api/v1/query` answers it. */
export interface MetricCurve {
  /** Number of the query, where several stand with commas between them. */
  readonly index: number;
  readonly expression: Expression;
  /** `key:value`, in the order of the grouping. */
  readonly tags: readonly string[];
  readonly seconds: number;
  /** Begin of the interval in milliseconds and value, in order of time. */
  readonly points: readonly (readonly [at: number, value: number])[];
}

/**
 * The curves of a query in the syntax of metrics, as monitors see them.
 *
 * @throws Unread where a part of it is not understood
 */
export async function queryMetrics(
  text: string,
  span: Span,
  sources: Pick<Sources, "series">,
): Promise<readonly MetricCurve[]> {
  const expressions = parseExpressions(text);
  if (typeof expressions === "string") throw new Unread(expressions);
  const wide = widened(span, Math.max(...expressions.map(lookBehind)));
  const seriesFor = await loadSeries(expressions, sources, wide);
  return expressions.flatMap((expression, index) => {
    const table = metricTable(expression, wide, seriesFor, intervalSeconds(span));
    const { grid } = table;
    const groups = within(table.groups, span, grid.millis);
    const by = groupingOf(expression);
    return [...groups]
      .filter(([, values]) => values.size > 0)
      .map(([group, values]) => ({
        index,
        expression,
        tags: group === everything ? [] : groupTags(group, by),
        seconds: grid.millis / 1000,
        points: pointsOf(values, grid.millis),
      }));
  });
}

/** The tags that an expression is grouped by: those of its first series that is. */
export function groupingOf(expression: Expression): readonly string[] {
  return seriesOf(expression).find(({ by }) => by.length > 0)?.by ?? [];
}

function pointsOf(values: Intervals, millis: number): MetricCurve["points"] {
  return [...values]
    .sort(([a], [b]) => a - b)
    .map(([interval, value]) => [beginOf(interval, millis), value] as const);
}
