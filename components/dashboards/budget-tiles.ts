import { orderAnswers, replicasAvailable, zeroWhereMissing } from "../datadog/queries.ts";
import { type Curve, metricQuery } from "./data.ts";
import { type Group, tile } from "./layout.ts";
import { here } from "./variables.ts";
import * as widgets from "./widgets.ts";

/** Objectives, how fast their budgets may burn, and the monitors that the board shows by name. */
export interface Budgets {
  readonly orders: Budget;
  readonly payment: Budget;

  /** Ids of the monitor of payment's replicas, and of the one that names it as the root cause. */
  readonly monitors: { readonly cause: string; readonly rootCause: string };
}

/** An objective by its id. */
interface Budget {
  readonly id: string;

  /** Percentage to reach. */
  readonly target: number;

  /** Alerts on how fast its budget is used up. */
  readonly rates: readonly Rate[];
}

/** Both windows must burn faster than the threshold. */
interface Rate {
  readonly long: "1h" | "6h";
  readonly short: "5m" | "30m";
  readonly threshold: number;
}

/** What is left of the error budgets, and how fast they are used up. */
export function budgetGroup({ orders, payment, monitors }: Budgets): Group {
  const burns = [
    ...orders.rates.map((rate) => ordersBurn(orders, rate)),
    ...payment.rates.map((rate) => paymentBurn(payment, rate)),
  ];
  return {
    title: "How much of the error budget is gone?",
    rows: [
      [
        tile(6, 4, widgets.objective("Orders that are placed", orders.id)),
        tile(6, 4, widgets.objective("payment has a replica", payment.id)),
      ],
      burns.map((widget) => tile(Math.floor(12 / burns.length), 3, widget)),
      [
        tile(6, 3, widgets.monitorGraph("payment has no available replica", monitors.cause)),
        tile(6, 3, widgets.monitorGraph("Root cause", monitors.rootCause)),
      ],
    ],
  };
}

/** How many times too fast failed orders use the budget up, over both windows of the alert. */
function ordersBurn({ target }: Budget, rate: Rate) {
  const queries = (["failed", "placed"] as const).map((answer) =>
    metricQuery(answer, zeroWhereMissing(orderAnswers(answer, here))),
  );
  const curves = windows(rate, (seconds) => {
    const sum = (of: string) => `moving_rollup(${of}, ${seconds}, 'sum')`;
    return `${sum("failed")} / (${sum("failed")} + ${sum("placed")}) / ${budget(target)}`;
  });
  const title = `Burn rate of orders: ${rate.long} and ${rate.short}`;
  return widgets.timeseries(title, { queries, curves }, { threshold: rate.threshold });
}

/** The same of the time without a replica. A second pod of payment must not count twice. */
function paymentBurn({ target }: Budget, rate: Rate) {
  const queries = [metricQuery("available", replicasAvailable("payment", here))];
  const curves = windows(rate, (seconds) => {
    const up = `moving_rollup(clamp_max(available, 1), ${seconds}, 'avg')`;
    return `(1 - ${up}) / ${budget(target)}`;
  });
  const title = `Burn rate of payment: ${rate.long} and ${rate.short}`;
  return widgets.timeseries(title, { queries, curves }, { threshold: rate.threshold });
}

function windows({ long, short }: Rate, formulaOf: (seconds: number) => string): Curve[] {
  return [long, short].map((window) => ({
    formula: formulaOf(secondsOf[window]),
    alias: window,
    unit: { label: "×" },
  }));
}

const secondsOf = { "5m": 300, "30m": 1800, "1h": 3600, "6h": 21_600 } as const;

/** The share that may fail, without the noise of binary fractions. */
function budget(target: number): number {
  return Number((1 - target / 100).toFixed(6));
}
