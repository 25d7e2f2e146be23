import { datadogService } from "../shop/catalogue.ts";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import { alerting, compositeMonitor, metricMonitor } from "./monitor-builders.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import { declinedPercentage, logsOf, lostOrders, type Where } from "../datadog/queries.ts";
import { count, rounded } from "./template-variables.ts";

const dashboard = dashboardTitles.reconciliation;

const orders = datadogService("orders");

/** Monitors of money: cards that are declined, and payments without an order. */
export function lostMoneyMonitors(where: Where): readonly MonitorDefinition[] {
  return [declines(where), unplaced(where), unplacedBefore(where)];
}

/** A share cannot exceed 100 %: declines are the business's answer and never more than a warning. */
const declines = (where: Where) =>
  metricMonitor({
    key: "payment-declines",
    title: "payment declines unusually many cards",
    service: datadogService("payment"),
    priority: 4,
    metric: declinedPercentage(where),
    alertWhen: { reduce: "sum", minutes: 30, comparator: ">", threshold: 100 },
    thresholds: { warning: 50, warningRecovery: 30 },
    delay: 60,
    noData: { why: "nobody pays: 0 of 0 is no share", onMissingData: "resolve" },
    alert: "More than all authorisations were declined: the query is broken.",
    warning: `payment declined ${rounded} % of the authorisations of the last 30 minutes.`,
    recovery: "payment declines few cards again.",
    check: "compare the totals with payment's limit of 105.00.",
    logs: `${logsOf("payment", where)} @method:Authorise @result:false`,
    dashboard,
  });

/**
 * Half of `lost-money`. Two counters that are written a moment apart differ by the orders on their
 * way at the ends of the window, too: their difference alone is no finding.
 */
const unplaced = (where: Where) =>
  metricMonitor({
    key: "payments-unplaced",
    title: "payments without a placed order",
    service: orders,
    priority: 5,
    metric: lostOrders(where),
    alertWhen: { reduce: "sum", minutes: 15, comparator: ">", threshold: 0 },
    delay: 60,
    noData: { why: "nobody pays: nothing minus nothing is 0", onMissingData: "default" },
    alert: `payment authorised ${count} more orders within 15 minutes than the shop confirmed.`,
    recovery: "Every authorised order is confirmed, or longer ago.",
    check: "nothing; this is a member of lost-money.",
    logs: authorised(where),
    dashboard,
  });

/** Begins with the window of `payments-unplaced`, and ends a minute before it. */
const unplacedBefore = (where: Where) =>
  metricMonitor({
    key: "payments-unplaced-before",
    title: "payments without a placed order, without the last minute",
    service: orders,
    priority: 5,
    metric: lostOrders(where),
    alertWhen: { reduce: "sum", minutes: 14, comparator: ">", threshold: 0 },
    delay: 120,
    noData: { why: "nobody pays: nothing minus nothing is 0", onMissingData: "default" },
    alert: `payment authorised ${count} more orders than the shop confirmed, a minute ago.`,
    recovery: "Every authorised order is confirmed, or longer ago.",
    check: "nothing; this is a member of lost-money.",
    logs: authorised(where),
    dashboard,
  });

function authorised(where: Where): string {
  return `${logsOf("payment", where)} @method:Authorise @result:true`;
}

/**
 * One lost order is enough. Without a failure nothing is lost, however many orders are on their way;
 * and none is on its way for a whole minute, as orders gives up after five seconds of each call.
 */
export const lostMoney = (where: Where) =>
  compositeMonitor({
    key: "lost-money",
    title: "money was taken for orders that were never confirmed",
    service: orders,
    priority: 2,
    notifies: true,
    members: ["payments-unplaced", "payments-unplaced-before", "payment-failures"].map(alerting),
    noData: { why: "agent-not-reporting reports when the members get no data" },
    alert:
      "payment authorised more orders than the shop confirmed: customers paid, and saw an error.",
    recovery: "No order was lost for 15 minutes. Those of the alert are still to be refunded.",
    check:
      "see whether payment answered before orders gave up: then shipping is slow, else payment.",
    logs: authorised(where),
    dashboard,
  });
