import { datadogService } from "../shop/catalogue.ts";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import { burnRateMonitor } from "./monitor-builders.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import { failedOrders, logsOf, type Where } from "../datadog/queries.ts";
import { type BurnRate, burnRates } from "./slos.ts";

const dashboard = dashboardTitles.timeline;

/** Alerts on how fast the error budgets are used up. */
export function burnRateMonitors(where: Where): readonly MonitorDefinition[] {
  return [
    ordersBurn("order-budget-burns-fast", 2, burnRates.fast, where),
    ordersBurn("order-budget-burns-slowly", 3, burnRates.slow, where),
    paymentBurns(where),
  ];
}

/**
 * In a young stack the slow one alerts first, on its first failures: a few of the few orders of six
 * hours are soon six percent. A guard of enough orders would be a composite, and Datadog does not say that an SLO
 * alert may be a member of one.
 */
function ordersBurn(key: string, priority: 2 | 3, rate: BurnRate, where: Where): MonitorDefinition {
  const pace = paceOf(rate);
  return burnRateMonitor({
    key,
    title: `the error budget of orders burns: ${pace}`,
    service: datadogService("orders"),
    priority,
    notifies: true,
    burn: rate,
    noData: { why: "nobody orders: nothing is burnt" },
    renotify: { everyMinutes: 60, times: 2 },
    alert: `Failed orders use up the error budget ${rate.threshold} times too fast: ${pace}.`,
    recovery: "The error budget is no longer used up too fast.",
    check: "see which monitor of a cause alerts; if none does, compare failures by reason.",
    logs: failedOrders(where, "refused", "timeout", "failed"),
    dashboard,
  });
}

/** Alerts on an outage in which nobody orders, which `payment-down` does not see. */
function paymentBurns(where: Where): MonitorDefinition {
  const rate = burnRates.availability;
  const pace = paceOf(rate);
  return burnRateMonitor({
    key: "payment-budget-burns",
    title: `the error budget of payment burns: ${pace}`,
    service: datadogService("payment"),
    priority: 2,
    notifies: true,
    burn: rate,
    noData: { why: "missing data on the replicas counts as an outage" },
    renotify: { everyMinutes: 60, times: 2 },
    alert:
      "payment had no replica, or no data on it, for so long that its error budget is used " +
      `up ${rate.threshold} times too fast: ${pace}.`,
    recovery: "payment has had a replica for five minutes. What was used up stays used up.",
    check: "check whether payment has a replica now: it may be down while nobody orders.",
    logs: logsOf("payment", where),
    dashboard,
  });
}

function paceOf({ long }: BurnRate): string {
  return long === "1h" ? "a tenth of a week's in an hour" : "a fifth in six hours";
}
