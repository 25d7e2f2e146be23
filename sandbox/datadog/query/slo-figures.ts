import type { Expression, Grouped } from "../evaluation/query/metric-expression.ts";
import { everything } from "../evaluation/query/tag-filter.ts";
import { Unread } from "../evaluation/query/unread.ts";
import type { Downtime, Share } from "../evaluation/values/burn-rate.ts";
import type { SloFacts, Span } from "../evaluation/values/data.ts";
import { beginOf } from "../evaluation/values/interval.ts";
import { loadSeries } from "../evaluation/values/load-series.ts";
import { metricTable } from "../evaluation/values/metric-value.ts";
import { formulaOf, shareOf } from "../evaluation/values/slo-burn.ts";
import { daysOf, type SloStatus, sloStatus } from "../evaluation/values/slo-status.ts";
import type { Slo, SloThreshold } from "../state.ts";
import type { QuerySources } from "./query-sources.ts";

const dayMs = 86_400_000;

/** How an SLO stands in each of its time frames. */
export async function sloStatuses(
  slo: Slo,
  sources: QuerySources,
): Promise<readonly (SloStatus & { readonly threshold: SloThreshold; readonly why?: string })[]> {
  return Promise.all(
    slo.thresholds.map(async (threshold) => {
      const days = daysOf(threshold.timeframe);
      if (days === undefined) return { threshold, state: "no_data", why: "no fixed time frame" };
      const span = { from: sources.now - days * dayMs, to: sources.now };
      const share = await sloShare(slo.id, span, sources);
      return typeof share === "string"
        ? { threshold, state: "no_data", why: share }
        : { threshold, ...sloStatus(share, threshold, unitOf(slo)) };
    }),
  );
}

/** Milliseconds of a second where time is counted, 1 where events are. */
export function unitOf({ type }: Pick<Slo, "type">): number {
  return type === "monitor" ? 1000 : 1;
}

/** How much of a window was good, by the sums of the burn-rate alerts; a text says why not known. */
export async function sloShare(
  id: string,
  span: Span,
  sources: QuerySources,
): Promise<Share | string> {
  const facts = sources.slo(id);
  if (facts === undefined) return `the SLO ${id} is of a kind that is not understood`;
  const past = { from: span.from, to: Math.max(span.from, Math.min(span.to, sources.now)) };
  return shareOf(facts.kind, past, { ...sources, sources });
}

/** Good and all events of an SLO in each interval of a window. */
export interface EventSeries {
  readonly seconds: number;
  readonly times: readonly number[];
  readonly good: readonly number[];
  readonly total: readonly number[];
}

type Counted = Extract<SloFacts["kind"], { readonly good: string }>;

/** @throws Unread where a query of the SLO is not understood */
export async function eventSeries(
  kind: Counted,
  span: Span,
  sources: QuerySources,
): Promise<EventSeries> {
  const [good, total] = [readFormula(kind.good, kind), readFormula(kind.total, kind)];
  const seriesFor = await loadSeries([good, total], sources, span);
  const seconds = historySeconds(span);
  const [goods, totals] = [good, total].map((one) => {
    const zeroed: Expression = { kind: "defaultZero", of: one };
    return metricTable(zeroed, span, seriesFor, seconds);
  });
  const { first = 0, last = 0, millis = 1 } = goods?.grid ?? {};
  const intervals = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return {
    seconds,
    times: intervals.map((interval) => beginOf(interval, millis)),
    good: intervals.map((interval) => valueAt(goods?.groups, interval)),
    total: intervals.map((interval) => valueAt(totals?.groups, interval)),
  };
}

function readFormula(formula: string, kind: Counted): Expression {
  const expression = formulaOf(formula, kind.queries);
  if (typeof expression === "string") throw new Unread(expression);
  return expression;
}

/** At least five minutes, and at most some hundred intervals. */
function historySeconds({ from, to }: Span): number {
  const wanted = (to - from) / 1000 / 300;
  return [300, 600, 1800, 3600, 7200, 14_400].find((seconds) => seconds >= wanted) ?? 86_400;
}

function valueAt(groups: Grouped | undefined, interval: number): number {
  return groups?.get(everything)?.get(interval) ?? 0;
}

/** Turns of a monitor's SLO in a window, in seconds: 0 up, 1 down. */
export function uptimeHistory(
  downtimes: readonly Downtime[],
  { from, to }: Span,
): readonly (readonly [at: number, state: 0 | 1])[] {
  const turns = new Map<number, 0 | 1>([[from, 0]]);
  for (const { from: begin, to: end } of downtimes.toSorted((a, b) => a.from - b.from)) {
    if (begin >= to || (end ?? to) <= from) continue;
    turns.set(Math.max(begin, from), 1);
    if (end !== undefined && end < to) turns.set(end, 0);
  }
  return [...turns].map(([at, state]) => [Math.floor(at / 1000), state] as const);
}
