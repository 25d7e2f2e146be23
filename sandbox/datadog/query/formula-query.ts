import {
  type Expression,
  type Grouped,
  lookBehind,
} from "../evaluation/query/metric-expression.ts";
import { parseExpression } from "../evaluation/query/read-expression.ts";
import { everything } from "../evaluation/query/tag-filter.ts";
import { Unread } from "../evaluation/query/unread.ts";
import type { Span } from "../evaluation/values/data.ts";
import { groupedValue } from "../evaluation/values/grouped-value.ts";
import { type Grid, gridOf } from "../evaluation/values/interval.ts";
import { loadSeries } from "../evaluation/values/load-series.ts";
import { metricTable } from "../evaluation/values/metric-value.ts";
import { overTime } from "../evaluation/values/time-aggregation.ts";
import { eventsInAll, eventsOverTime, eventTable } from "./event-query.ts";
import type { Formula, FormulaRequest, SourceQuery } from "./formula-request.ts";
import { groupingOf } from "./metric-query.ts";
import { intervalSeconds, queryWindow, widened, within } from "./query-window.ts";
import type { QuerySources } from "./query-sources.ts";
import { sloFigure } from "./slo-query.ts";

/** One query of a request, answered. */
interface Answered {
  readonly name: string;
  readonly by: readonly string[];
  readonly groups: Grouped;
  readonly grid: Grid;
}

/** One formula of a request, with a value for each group and interval. */
export interface Computed {
  readonly formula: string;
  readonly by: readonly string[];
  readonly groups: Grouped;
  readonly millis: number;
}

type Attributes = FormulaRequest["data"]["attributes"];

/**
 * Curves of a request. The intervals are those asked for, or Datadog's default.
 *
 * @throws Unread where a query, source or function is not understood
 */
export async function timeseries(
  request: Attributes,
  sources: QuerySources,
): Promise<readonly Computed[]> {
  const span = queryWindow(request.from, request.to);
  const asked = request.interval === undefined ? undefined : Math.ceil(request.interval / 1000);
  const seconds = intervalSeconds(span, asked);
  const wide = widened(span, secondsBefore(request));
  const found = await computed(request, (query) => {
    return overTimeOf(query, { span: wide, seconds, sources });
  });
  return found.map((one) => ({ ...one, groups: within(one.groups, span, one.millis) }));
}

/** What the moving roll-ups of formulas and queries look at before the window. */
function secondsBefore({ queries, formulas = [] }: Attributes): number {
  const bound: Record<string, Expression> = {};
  for (const [index, { name = nameOf(index), query }] of queries.entries()) {
    const expression = query === undefined ? "" : parseExpression(query);
    bound[name] = typeof expression === "string" ? { kind: "number", value: 0 } : expression;
  }
  const read = formulas.map(({ formula }) => parseExpression(formula, bound));
  const expressions = [...Object.values(bound), ...read];
  return Math.max(...expressions.map((one) => (typeof one === "string" ? 0 : lookBehind(one))));
}

/** The one interval of a number. */
const whole: Grid = { span: { from: 0, to: 1 }, millis: 1, first: 0, last: 0 };

/** Numbers of a request, one for each formula and group. */
export async function scalars(
  request: Attributes,
  sources: QuerySources,
): Promise<readonly Computed[]> {
  const span = queryWindow(request.from, request.to);
  return computed(request, async (query) => {
    const { by, values } = await inAllOf(query, span, sources);
    const groups = new Map([...values].map(([group, value]) => [group, new Map([[0, value]])]));
    return { by, groups, grid: whole };
  });
}

async function computed(
  { queries, formulas }: Attributes,
  answer: (query: SourceQuery) => Promise<Omit<Answered, "name">>,
): Promise<readonly Computed[]> {
  const answered = await Promise.all(
    queries.map(async (query, index) => {
      return { name: query.name ?? nameOf(index), ...(await answer(query)) };
    }),
  );
  const wanted = formulas ?? answered.map(({ name }) => ({ formula: name }));
  return wanted.map((formula) => ofFormula(formula, answered));
}

/** `a` for the first query without a name, as Datadog's pages call them. */
function nameOf(index: number): string {
  return String.fromCharCode(97 + (index % 26));
}

function ofFormula({ formula, limit }: Formula, answered: readonly Answered[]): Computed {
  const bound: Record<string, Expression> = {};
  for (const { name, groups } of answered) bound[name] = { kind: "known", groups };
  const expression = parseExpression(formula, bound);
  if (typeof expression === "string") throw new Unread(`formula "${formula}": ${expression}`);
  const used = answered.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(formula));
  const widths = new Set(used.map(({ grid }) => grid.millis));
  if (widths.size > 1) {
    throw new Unread(`formula "${formula}": its queries have intervals of several lengths`);
  }
  const grid = used[0]?.grid ?? whole;
  const groups = groupedValue(expression, new Map(), grid);
  return {
    formula,
    by: used.find(({ by }) => by.length > 0)?.by ?? [],
    groups: limit === undefined ? groups : limited(groups, limit),
    millis: grid.millis,
  };
}

function limited(groups: Grouped, { count, order }: NonNullable<Formula["limit"]>): Grouped {
  const sign = order === "asc" ? 1 : -1;
  const rank = (values: Grouped extends ReadonlyMap<string, infer V> ? V : never) =>
    overTime("avg", [...values.values()]) ?? Number.NEGATIVE_INFINITY;
  const ranked = [...groups].toSorted(([, a], [, b]) => sign * (rank(a) - rank(b)));
  return new Map(ranked.slice(0, count ?? ranked.length));
}

interface Asked {
  readonly span: Span;
  readonly seconds: number;
  readonly sources: QuerySources;
}

async function overTimeOf(
  query: SourceQuery,
  { span, seconds, sources }: Asked,
): Promise<Omit<Answered, "name">> {
  switch (query.data_source) {
    case "metrics": {
      const expression = metricExpression(query);
      const seriesFor = await loadSeries([expression], sources, span);
      const { grid, groups } = metricTable(expression, span, seriesFor, seconds);
      return { by: groupingOf(expression), groups, grid };
    }
    case "logs":
    case "events": {
      const table = await eventTable(query, span, sources);
      const asked = query.compute?.interval;
      const width = asked === undefined ? seconds : intervalSeconds(span, Math.ceil(asked / 1000));
      const grid = gridOf(span, width * 1000);
      return { by: table.by, groups: eventsOverTime(table, grid), grid };
    }
    default:
      throw new Unread(notBuilt(query, "curves"));
  }
}

async function inAllOf(query: SourceQuery, span: Span, sources: QuerySources) {
  switch (query.data_source) {
    case "metrics": {
      const expression = metricExpression(query);
      const seriesFor = await loadSeries([expression], sources, span);
      const { groups } = metricTable(expression, span, seriesFor, intervalSeconds(span));
      return { by: groupingOf(expression), values: reduced(groups, query.aggregator ?? "avg") };
    }
    case "logs":
    case "events": {
      const table = await eventTable(query, span, sources);
      return { by: table.by, values: eventsInAll(table) };
    }
    case "slo":
      return { by: [], values: new Map([[everything, await sloFigure(query, span, sources)]]) };
    default:
      throw new Unread(notBuilt(query, "numbers"));
  }
}

function notBuilt({ data_source: source }: SourceQuery, what: string): string {
  return `the data source "${source}" has no ${what} in the stand-in: metrics, logs, events, slo`;
}

function metricExpression({ query = "" }: SourceQuery): Expression {
  const expression = parseExpression(query);
  if (typeof expression === "string") throw new Unread(expression);
  return expression;
}

const aggregators = { avg: "avg", mean: "avg", sum: "sum", min: "min", max: "max" } as const;

/** One number of each group's intervals. */
function reduced(groups: Grouped, aggregator: string): ReadonlyMap<string, number> {
  const method = Object.hasOwn(aggregators, aggregator)
    ? aggregators[aggregator as keyof typeof aggregators]
    : undefined;
  if (method === undefined && aggregator !== "last") {
    throw new Unread(`the aggregator ${aggregator} is not understood here`);
  }
  const values = new Map<string, number>();
  for (const [group, intervals] of groups) {
    const ordered = [...intervals].sort(([a], [b]) => a - b).map(([, value]) => value);
    const value = method === undefined ? ordered.at(-1) : overTime(method, ordered);
    if (value !== undefined) values.set(group, value);
  }
  return values;
}
