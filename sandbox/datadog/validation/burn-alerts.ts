import type { SloPlan } from "../evaluation/query/plan.ts";
import type { Slo } from "../state.ts";

const shortestLongMinutes = 60;
const longestLongMinutes = 48 * 60;

/**
 * Why Datadog would not take a burn-rate alert on an SLO.
 * https://docs.datadoghq.com/service_level_objectives/burn_rate/#maximum-burn-rate-values
 */
export function whyNotBurnRate(
  { thresholds }: Pick<Slo, "thresholds">,
  { timeframe, threshold, longMinutes, shortMinutes }: SloPlan,
): string | undefined {
  const target = thresholds.find((one) => one.timeframe === timeframe)?.target;
  if (target === undefined) return `the SLO has no target for "${timeframe}"`;
  if (threshold * (100 - target) > 100) {
    const highest = Math.round(10_000 / (100 - target)) / 100;
    return `a burn rate of ${threshold} is above the highest of a target of ${target} %, ${highest}`;
  }
  if (longMinutes < shortestLongMinutes || longMinutes > longestLongMinutes) {
    return `the long window of ${longMinutes} minutes is not from 1 to 48 hours`;
  }
  return shortMinutes < longMinutes
    ? undefined
    : `the short window of ${shortMinutes} minutes is not below the long one of ${longMinutes}`;
}
