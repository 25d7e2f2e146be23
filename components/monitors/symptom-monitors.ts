import { datadogService } from "../shop/catalogue.ts";
import type { ImageSetName } from "../shop/images/image-sets.ts";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import { metricMonitor } from "./monitor-builders.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import {
  failedOrders,
  failurePercentage,
  failures,
  judgedOrders,
  logLines,
  logsOf,
  orderAnswers,
  ordersSavedAsFailed,
  type Where,
} from "../datadog/queries.ts";
import { count, rounded } from "./template-variables.ts";

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
const paymentFailures = (where: Where) =>
  metricMonitor({
    key: "payment-failures",
    title: "orders fail",
    service: orders,
    priority: 2,
    metric: failures(where),
    alertWhen: { reduce: "sum", minutes: 15, comparator: ">", threshold: 0 },
    noData: { why: "no failed order is the normal state", onMissingData: "default" },
    alert: `${count} orders failed within 15 minutes.`,
    recovery: "No order has failed for 15 minutes.",
    check: "read the reasons in the lines: refused, timeout, or an error as the answer.",
    logs: failedOrders(where, "refused", "timeout", "failed"),
    dashboard: timeline,
  });

const connectionRefused = (where: Where) =>
  metricMonitor({
    key: "payment-connection-refused",
    title: "orders' connections are refused",
    service: orders,
    priority: 3,
    metric: failures(where, "refused"),
    alertWhen: { reduce: "sum", minutes: 10, comparator: ">", threshold: 2 },
    thresholds: { warning: 0 },
    noData: { why: "no refusal is the normal state", onMissingData: "default" },
    alert: `${count} connections of orders were refused within ten minutes.`,
    warning: "A connection of orders was refused.",
    recovery: "No connection of orders was refused for ten minutes.",
    check: "check whether Service payment has a ready address: refused means that nobody listens.",
    logs: failedOrders(where, "refused"),
    dashboard: timeline,
  });

const timeouts = (where: Where) =>
  metricMonitor({
    key: "order-timeouts",
    title: "orders time out",
    service: orders,
    priority: 3,
    metric: failures(where, "timeout"),
    alertWhen: { reduce: "sum", minutes: 10, comparator: ">", threshold: 2 },
    thresholds: { warning: 0 },
    noData: { why: "no timeout is the normal state", onMissingData: "default" },
    alert: `${count} orders timed out after five seconds within ten minutes.`,
    warning: "An order timed out after five seconds.",
    recovery: "No order has timed out for ten minutes.",
    check:
      "if payment-no-replicas alerts, the network drops refusals; else see who is slow: shipping, " +
      "if payment authorised before the timeout, or payment.",
    logs: failedOrders(where, "timeout"),
    dashboard: timeline,
  });

const statusFailed = (where: Where) =>
  metricMonitor({
    key: "orders-payment-failed-status",
    title: "orders are set to PAYMENT_FAILED",
    service: orders,
    priority: 2,
    metric: ordersSavedAsFailed(where),
    alertWhen: { reduce: "sum", minutes: 15, comparator: ">", threshold: 0 },
    noData: { why: "no failed order is the normal state", onMissingData: "default" },
    alert: `${count} orders were saved as PAYMENT_FAILED within 15 minutes.`,
    recovery: "No order has been set to PAYMENT_FAILED for 15 minutes.",
    check: "list them in the dashboard: they are saved, and their customers saw an error.",
    logs: `${logsOf("orders", where)} @evt.name:order.payment_failed`,
    dashboard: reconciliation,
  });

const failureRatio = (where: Where) =>
  metricMonitor({
    key: "order-failure-ratio",
    title: "high share of failed orders",
    service: orders,
    priority: 2,
    metric: failurePercentage(where),
    alertWhen: { reduce: "sum", minutes: 10, comparator: ">", threshold: 20 },
    thresholds: { criticalRecovery: 10, warning: 5, warningRecovery: 2 },
    delay: 60,
    noData: { why: "nobody orders: 0 of 0 is no share", onMissingData: "resolve" },
    alert: `${rounded} % of the orders of the last ten minutes failed.`,
    warning: `${rounded} % of the orders of the last ten minutes failed.`,
    recovery: "Orders succeed again, or nobody orders any more.",
    check: "see payment's pods, then the reasons in orders' log.",
    logs: failedOrders(where, "refused", "timeout", "failed"),
    dashboard: timeline,
  });

/** One failed order of one is 100 %: the composite needs a few orders before it alerts. */
const volume = (where: Where) =>
  metricMonitor({
    key: "order-volume",
    title: "enough orders for a percentage",
    service: orders,
    priority: 5,
    metric: judgedOrders(where),
    alertWhen: { reduce: "sum", minutes: 10, comparator: ">=", threshold: 3 },
    delay: 60,
    noData: { why: "nobody orders: a count of nothing is 0", onMissingData: "default" },
    alert: `${count} orders in ten minutes: enough for a percentage.`,
    recovery: "Too few orders for a percentage.",
    check: "nothing; this is a member of order-failures.",
    logs: logsOf("front-end", where),
    dashboard: timeline,
  });

/** Held back two minutes: a failure is logged before the agent reports that payment has no pod. */
const delayedFailures = (where: Where) =>
  metricMonitor({
    key: "order-failures-delayed",
    title: "orders fail, seen two minutes later",
    service: orders,
    priority: 5,
    metric: orderAnswers("failed", where),
    // A failure every other minute would alert and recover in turns.
    alertWhen: { reduce: "sum", minutes: 5, comparator: ">", threshold: 2 },
    thresholds: { criticalRecovery: 1, warning: 0 },
    delay: 120,
    noData: { why: "no failed order is the normal state", onMissingData: "default" },
    alert: `${count} orders failed within five minutes.`,
    warning: "An order failed.",
    recovery: "No order failed within five minutes.",
    check: "nothing; this is a member of orders-fail-payment-up.",
    logs: failedOrders(where, "refused", "timeout", "failed"),
    dashboard: timeline,
  });

const errorLines = (where: Where) =>
  metricMonitor({
    key: "orders-error-lines",
    title: "orders logs errors",
    service: orders,
    priority: 3,
    metric: logLines("orders", where, "error"),
    alertWhen: { reduce: "sum", minutes: 5, comparator: ">", threshold: 10 },
    thresholds: { criticalRecovery: 5, warning: 3, warningRecovery: 1 },
    noData: { why: "no error is the normal state", onMissingData: "default" },
    alert: `orders logged ${count} errors within five minutes.`,
    warning: `orders logged ${count} errors within five minutes.`,
    recovery: "orders logs few errors again.",
    check: "read the newest one; one failed order can be two lines.",
    logs: `${logsOf("orders", where)} status:error`,
    dashboard: timeline,
  });
