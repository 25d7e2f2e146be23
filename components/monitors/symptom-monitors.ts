import { datadogService } from "../shop/catalogue.ts";
import type { ImageSetName } from "../shop/images/image-sets.ts";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import {
  failedOrders,
  failurePercentage,
  judgedOrders,
  logLines,
  logQuery,
  logsOf,
  metricQuery,
  orderAnswers,
  type Where,
} from "../datadog/queries.ts";

const orders = datadogService("orders");
const { timeline, reconciliation } = dashboardTitles;

/** Monitors of what customers and orders' logs see. */
export function symptomMonitors(where: Where, set: ImageSetName): readonly MonitorDefinition[] {
  return [
    paymentFailures(where),
    connectionRefused(where),
    timeouts(where),
    // No other build of orders knows a status.
    ...(set === "status-fix" ? [statusFailed(where)] : []),
    failureRatio(where),
    volume(where),
    delayedFailures(where),
    errorLines(where),
  ];
}

/** Fifteen minutes: with a shorter window it recovers while payment is down and nobody orders. */
function paymentFailures(where: Where): MonitorDefinition {
  const search = failedOrders(where, "refused", "timeout", "failed");
  return {
    key: "payment-failures",
    title: "orders fail",
    service: orders,
    priority: 2,
    condition: {
      type: "log alert",
      query: logQuery(search, { minutes: 15, comparator: ">", threshold: 0 }),
      thresholds: { critical: 0 },
    },
    noData: { why: "no failed order is the normal state", onMissingData: "default" },
    message: {
      alert: "{{value}} lines of failed orders within 15 minutes: {{log.message}}",
      recovery: "No order has failed for 15 minutes.",
      check: "read the reason in the line: refused, timeout, or an error as the answer.",
      logs: search,
      dashboard: timeline,
    },
  };
}

function connectionRefused(where: Where): MonitorDefinition {
  const search = failedOrders(where, "refused");
  return {
    key: "payment-connection-refused",
    title: "orders is refused a connection",
    service: orders,
    priority: 3,
    condition: {
      type: "log alert",
      query: logQuery(search, { minutes: 10, comparator: ">", threshold: 2 }),
      thresholds: { critical: 2, warning: 0 },
    },
    noData: { why: "no refusal is the normal state", onMissingData: "default" },
    message: {
      alert: "{{value}} connections of orders were refused within ten minutes.",
      warning: "A connection of orders was refused.",
      recovery: "Connections of orders are taken again.",
      check: "see whether Service payment has a ready address: refused means that nobody listens.",
      logs: search,
      dashboard: timeline,
    },
  };
}

function timeouts(where: Where): MonitorDefinition {
  const search = failedOrders(where, "timeout");
  return {
    key: "order-timeouts",
    title: "orders waits in vain",
    service: orders,
    priority: 3,
    condition: {
      type: "log alert",
      query: logQuery(search, { minutes: 10, comparator: ">", threshold: 2 }),
      thresholds: { critical: 2, warning: 0 },
    },
    noData: { why: "no timeout is the normal state", onMissingData: "default" },
    message: {
      alert: "{{value}} orders gave up after five seconds of waiting, within ten minutes.",
      warning: "An order gave up after five seconds of waiting.",
      recovery: "No order has waited in vain for ten minutes.",
      check:
        "find who is slow: shipping, if payment authorised before the timeout; payment otherwise.",
      logs: search,
      dashboard: timeline,
    },
  };
}

function statusFailed(where: Where): MonitorDefinition {
  // A declined card sets the same status, and is no failure.
  const search =
    `${logsOf("orders", where)} "status updated to PAYMENT_FAILED" ` + '-"Payment declined"';
  return {
    key: "orders-payment-failed-status",
    title: "orders are set to PAYMENT_FAILED",
    service: orders,
    priority: 2,
    condition: {
      type: "log alert",
      query: logQuery(search, { minutes: 15, comparator: ">", threshold: 0 }),
      thresholds: { critical: 0 },
    },
    noData: { why: "no failed order is the normal state", onMissingData: "default" },
    message: {
      alert: "{{value}} orders were saved as PAYMENT_FAILED within 15 minutes.",
      recovery: "No order has been set to PAYMENT_FAILED for 15 minutes.",
      check:
        "list them in the dashboard: they are saved, and their customers were told of an error.",
      logs: search,
      dashboard: reconciliation,
    },
  };
}

function failureRatio(where: Where): MonitorDefinition {
  return {
    key: "order-failure-ratio",
    title: "share of failed orders",
    service: orders,
    priority: 2,
    condition: {
      type: "metric alert",
      query: metricQuery(failurePercentage(where), {
        reduce: "sum",
        minutes: 10,
        comparator: ">",
        threshold: 20,
      }),
      thresholds: { critical: 20, criticalRecovery: 10, warning: 5, warningRecovery: 2 },
      delay: 60,
    },
    noData: { why: "nobody orders: 0 of 0 is no share", onMissingData: "resolve" },
    message: {
      alert: "{{value}} % of the orders of the last ten minutes failed.",
      warning: "{{value}} % of the orders of the last ten minutes failed.",
      recovery: "Orders succeed again: {{value}} % failed.",
      check: "see payment's pods, then the reasons in orders' log.",
      logs: failedOrders(where, "refused", "timeout", "failed"),
      dashboard: timeline,
    },
  };
}

/** One failed order of one is 100 %: the composite wants a few orders before it speaks. */
function volume(where: Where): MonitorDefinition {
  return {
    key: "order-volume",
    title: "enough orders to judge a share",
    service: orders,
    priority: 5,
    condition: {
      type: "metric alert",
      query: metricQuery(judgedOrders(where), {
        reduce: "sum",
        minutes: 10,
        comparator: ">=",
        threshold: 3,
      }),
      thresholds: { critical: 3 },
      delay: 60,
    },
    noData: { why: "nobody orders: a count of nothing is 0", onMissingData: "default" },
    message: {
      alert: "{{value}} orders in ten minutes: shares of them mean something.",
      recovery: "Too few orders to judge a share.",
      check: "nothing; this is the guard of order-failures.",
      logs: logsOf("front-end", where),
      dashboard: timeline,
    },
  };
}

/** Held back two minutes: a failure is logged before the agent reports that payment has no pod. */
function delayedFailures(where: Where): MonitorDefinition {
  return {
    key: "order-failures-delayed",
    title: "orders fail, seen two minutes later",
    service: orders,
    priority: 5,
    condition: {
      type: "metric alert",
      query: metricQuery(orderAnswers("failed", where), {
        reduce: "sum",
        minutes: 5,
        comparator: ">",
        threshold: 2,
      }),
      // A failure every other minute would alert and recover in turns.
      thresholds: { critical: 2, criticalRecovery: 1, warning: 0 },
      delay: 120,
    },
    noData: { why: "no failed order is the normal state", onMissingData: "default" },
    message: {
      alert: "{{value}} orders failed within five minutes.",
      warning: "An order failed.",
      recovery: "No order failed within five minutes.",
      check: "nothing; this is a part of orders-fail-payment-up.",
      logs: failedOrders(where, "refused", "timeout", "failed"),
      dashboard: timeline,
    },
  };
}

function errorLines(where: Where): MonitorDefinition {
  return {
    key: "orders-error-lines",
    title: "orders logs errors",
    service: orders,
    priority: 3,
    condition: {
      type: "metric alert",
      query: metricQuery(logLines("orders", "error", where), {
        reduce: "sum",
        minutes: 5,
        comparator: ">",
        threshold: 10,
      }),
      thresholds: { critical: 10, criticalRecovery: 5, warning: 3, warningRecovery: 1 },
    },
    noData: { why: "no error is the normal state", onMissingData: "default" },
    message: {
      alert: "orders logged {{value}} errors within five minutes.",
      warning: "orders logged {{value}} errors within five minutes.",
      recovery: "orders logs few errors again.",
      check: "read the newest one; one failed order can be two lines.",
      logs: `${logsOf("orders", where)} status:error`,
      dashboard: timeline,
    },
  };
}
