import { burnRate, type Share, uptime } from "./burn-rate.ts";
import type { Bindings, SloFacts, Sources, Span } from "./data.ts";
import type { EvaluationState } from "../state/monitor-state.ts";
import type { Expression } from "../query/metric-expression.ts";
import { parseExpression } from "../query/read-expression.ts";
import { loadSeries } from "./load-series.ts";
import { metricValues } from "./metric-value.ts";
import type { SloPlan } from "../query/plan.ts";
import { everything } from "../query/tag-filter.ts";
import { lastMinutes } from "../query/windows.ts";

export interface SloMoment {
  readonly sources: Sources;
  /** Of the monitors that are evaluated already. */
  readonly state: EvaluationState;
  readonly now: number;
}

/**
 * The lower burn rate of the two windows, as both must be above the threshold; a text says why it is
 * not evaluated.
 */
export async function burnRateOf(plan: SloPlan, moment: SloMoment): Promise<number | string> {
  const facts = moment.sources.slo(plan.slo);
  if (facts === undefined) return `the SLO ${plan.slo} is of a kind that is not understood`;
  const target = facts.targets[plan.timeframe];
  if (target === undefined) return `the SLO has no target for ${plan.timeframe}`;
  const rates: number[] = [];
  for (const minutes of [plan.longMinutes, plan.shortMinutes]) {
    const share = await shareOf(facts.kind, lastMinutes(minutes, moment.now), moment);
    if (typeof share === "string") return share;
    rates.push(burnRate(share, target));
  }
  return Math.min(...rates);
}

/** How much of a window was good; a text says why that is not known. */
export async function shareOf(
  kind: SloFacts["kind"],
  span: Span,
  moment: SloMoment,
): Promise<Share | string> {
  if ("monitors" in kind) return uptimeOf(kind.monitors, span, moment);
  const good = await summed(formulaOf(kind.good, kind.queries), span, moment);
  const total = await summed(formulaOf(kind.total, kind.queries), span, moment);
  if (typeof good === "string") return good;
  return typeof total === "string" ? total : { good, total };
}

/** A formula over the metric queries of an SLO; a text says why it is not understood. */
export function formulaOf(formula: string, queries: Bindings): Expression | string {
  const bound: Record<string, Expression> = {};
  for (const [name, query] of Object.entries(queries)) {
    const expression = parseExpression(query);
    if (typeof expression === "string") return expression;
    bound[name] = expression;
  }
  return parseExpression(formula, bound);
}

/** Sum over a window; 0 where nothing was counted. */
async function summed(
  expression: Expression | string,
  span: Span,
  { sources }: SloMoment,
): Promise<number | string> {
  if (typeof expression === "string") return expression;
  const seriesFor = await loadSeries([expression], sources, span);
  const values = metricValues(
    { aggregation: "sum", expression, span, fullWindow: false },
    seriesFor,
  );
  return values.get(everything) ?? 0;
}

function uptimeOf(
  ids: readonly number[],
  span: Span,
  { state }: Pick<SloMoment, "state">,
): Share | string {
  const states = ids.map((id) => state[id]);
  const missing = ids.find((_, index) => states[index]?.why !== undefined || !states[index]);
  if (missing !== undefined) return `its monitor ${missing} is not evaluated`;
  const downtimes = states.flatMap((one) => one?.downtimes ?? []);
  const since = Math.max(...states.map((one) => one?.since ?? span.from));
  return uptime(downtimes, since, span);
}
