import type { ServiceLevelObjectiveArgs } from "@pulumi/datadog/serviceLevelObjective.js";
import type * as pulumi from "@pulumi/pulumi";
import { datadogService } from "../shop/catalogue.ts";
import { judgedOrders, orderAnswers, type Where } from "../datadog/queries.ts";

/** One objective as data. Percentages are of good events, or of time without an alert. */
export interface SloDefinition {
  readonly key: string;
  readonly title: string;
  readonly description: string;

  /** Value of the `service` tag. */
  readonly service: string;

  /** Percentage to reach, in 7 and in 30 days. */
  readonly target: number;

  /** Good and all events, or the monitor whose quiet is good. */
  readonly indicator:
    { readonly good: string; readonly total: string } | { readonly monitor: string };
}

/** Alert on how fast an objective's error budget is used up. */
export interface BurnRate {
  /** Key of the objective. */
  readonly slo: string;

  /** Windows that must both burn; the short one ends the alert soon after the trouble. */
  readonly long: "1h" | "6h";
  readonly short: "5m" | "30m";

  /** How many times faster than the budget allows; at most 1 / (1 - target). */
  readonly threshold: number;
}

/** Days over which the budget of a burn rate is meant. */
const budgetDays = "7d";

const orderSuccess = "order-success";
const paymentAvailability = "payment-availability";

/** Percentage of time in which payment should have a replica. */
export const paymentTarget = 99.5;

/** The objectives of the shop. */
export function objectives(where: Where, orderTarget: number): readonly SloDefinition[] {
  return [
    {
      key: orderSuccess,
      title: "orders that are placed",
      description:
        "Attempts to order that the front-end answered with a placed order, of those that were " +
        "placed or failed. Declined cards are left out.",
      service: datadogService("orders"),
      target: orderTarget,
      indicator: { good: orderAnswers("placed", where), total: judgedOrders(where) },
    },
    {
      key: paymentAvailability,
      title: "payment has a replica",
      description:
        "Time in which at least one pod of payment is available. Where nobody counts its pods for " +
        "longer than ten minutes, it counts as down.",
      service: datadogService("payment"),
      target: paymentTarget,
      indicator: { monitor: "payment-no-replicas" },
    },
  ];
}

/**
 * Rates at which a tenth of a week's budget is gone in an hour, and a fifth in six hours. All are
 * reached only by targets of 94.05 % and more.
 */
export const burnRates = {
  fast: { slo: orderSuccess, long: "1h", short: "5m", threshold: 16.8 },
  slow: { slo: orderSuccess, long: "6h", short: "30m", threshold: 5.6 },
  availability: { slo: paymentAvailability, long: "1h", short: "5m", threshold: 16.8 },
} as const satisfies Record<string, BurnRate>;

/** The query of a burn rate alert on the objective of that id. */
export function burnQuery(id: string, { long, short, threshold }: BurnRate): string {
  return (
    `burn_rate("${id}").over("${budgetDays}").long_window("${long}").short_window("${short}")` +
    ` > ${threshold}`
  );
}

/**
 * The resource that one objective stands for.
 *
 * @param idOf - id of the monitor with that key
 */
export function sloArgs(
  definition: SloDefinition,
  { namespace, tags }: { readonly namespace: string; readonly tags: readonly string[] },
  idOf: (key: string) => pulumi.Output<string>,
): ServiceLevelObjectiveArgs {
  const { title, description, target, indicator } = definition;
  const warning = halfway(target);
  const common = {
    name: `[${namespace}] ${title}`,
    description,
    tags: [...tags],
    thresholds: [
      { timeframe: "7d", target, warning },
      { timeframe: "30d", target, warning },
    ],
    timeframe: "7d",
    targetThreshold: target,
    warningThreshold: warning,
  };
  if ("monitor" in indicator) {
    const id = idOf(indicator.monitor);
    return { ...common, type: "monitor", monitorIds: [id.apply(Number)] };
  }
  const { good, total } = indicator;
  return { ...common, type: "metric", query: { numerator: good, denominator: total } };
}

/** A warning when half of the budget is gone. */
function halfway(target: number): number {
  return Number(((100 + target) / 2).toFixed(3));
}
