import { datadogService } from "../shop/catalogue.ts";
import { dashboardTitles, type MonitorDefinition } from "./definition.ts";
import { declinedPercentage, logsOf, lostOrders, metricQuery, type Where } from "./queries.ts";

const dashboard = dashboardTitles.reconciliation;

/** Monitors of money: cards that are declined, and payments without an order. */
export function moneyMonitors(where: Where): readonly MonitorDefinition[] {
  return [declines(where), lostMoney(where)];
}

/** A share cannot exceed 100 %: declines are the business's answer and never more than a warning. */
function declines(where: Where): MonitorDefinition {
  return {
    key: "payment-declines",
    title: "payment declines unusually many cards",
    service: datadogService("payment"),
    priority: 4,
    condition: {
      type: "metric alert",
      query: metricQuery(declinedPercentage(where), {
        reduce: "sum",
        minutes: 30,
        comparator: ">",
        threshold: 100,
      }),
      thresholds: { critical: 100, warning: 50, warningRecovery: 30 },
      delay: 60,
    },
    noData: { why: "nobody pays: 0 of 0 is no share", onMissingData: "resolve" },
    message: {
      alert: "More than all authorisations were declined: the query is broken.",
      warning: "payment declined {{value}} % of the authorisations of the last 30 minutes.",
      recovery: "payment declines few cards again.",
      check: "compare the totals with payment's limit of 105.00.",
      logs: `${logsOf("payment", where)} @method:Authorise @result:false`,
      dashboard,
    },
  };
}

/**
 * The difference of two counters that are written a moment apart: an order on its way at the edge
 * of the window counts on one side only, so one or two are no finding.
 */
function lostMoney(where: Where): MonitorDefinition {
  return {
    key: "lost-money",
    title: "money was taken for orders that were never confirmed",
    service: datadogService("orders"),
    priority: 2,
    condition: {
      type: "metric alert",
      query: metricQuery(lostOrders(where), {
        reduce: "sum",
        minutes: 15,
        comparator: ">",
        threshold: 2,
      }),
      thresholds: { critical: 2 },
      delay: 60,
    },
    noData: { why: "nobody pays: nothing minus nothing is 0", onMissingData: "default" },
    message: {
      alert:
        "payment authorised {{value}} more orders within 15 minutes than the shop confirmed: " +
        "customers paid, and were shown an error.",
      recovery: "Every authorised order is confirmed. Those of the alert are still to be refunded.",
      check:
        "see whether payment answered before orders gave up: then shipping is slow, else payment.",
      logs: `${logsOf("payment", where)} @method:Authorise @result:true`,
      dashboard,
    },
  };
}
