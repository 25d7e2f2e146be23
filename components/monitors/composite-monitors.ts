import { datadogService } from "../shop/catalogue.ts";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import { alerting, compositeMonitor, quiet } from "./monitor-builders.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import { lostMoney } from "./lost-money-monitors.ts";
import { rootCauseKey } from "./monitor-message.ts";
import { failedOrders, logsOf, type Where } from "../datadog/queries.ts";

const orders = datadogService("orders");
const dashboard = dashboardTitles.timeline;

const covered = {
  why: "agent-not-reporting or payment-no-replicas reports when the members get no data",
};

/** Monitors that join others: people are notified by these, by the agents' monitor and by the burn alerts. */
export function compositeMonitors(where: Where): readonly MonitorDefinition[] {
  return [
    rootCause(where),
    otherCause(where),
    manyFailures(where),
    lostMoney(where),
    silence(where),
  ];
}

const rootCause = (where: Where) =>
  compositeMonitor({
    key: rootCauseKey,
    title: "ROOT CAUSE: payment is down and orders fail",
    service: datadogService("payment"),
    priority: 1,
    notifies: true,
    members: [alerting("payment-no-replicas"), alerting("payment-failures")],
    noData: covered,
    renotify: { everyMinutes: 15, times: 4 },
    alert: "payment has no available replica, and orders fail because of it.",
    recovery: "payment is available again. Reconcile the orders of the outage.",
    check: "restore payment first: all other alerts are symptoms.",
    logs: anyFailure(where),
    dashboard,
  });

const otherCause = (where: Where) =>
  compositeMonitor({
    key: "orders-fail-payment-up",
    title: "orders fail although payment is up",
    service: orders,
    priority: 2,
    notifies: true,
    members: [quiet("payment-recent-outage"), alerting("order-failures-delayed")],
    noData: covered,
    renotify: { everyMinutes: 30, times: 4 },
    alert: "Orders fail, but payment has had pods all the time: the cause is something else.",
    recovery: "Orders succeed again, or payment is down after all.",
    check: "compare refusals, timeouts and errors; then look at what is in front of payment.",
    logs: anyFailure(where),
    dashboard,
  });

const manyFailures = (where: Where) =>
  compositeMonitor({
    key: "order-failures",
    title: "many orders fail",
    service: orders,
    priority: 2,
    notifies: true,
    members: [alerting("order-failure-ratio"), alerting("order-volume")],
    noData: covered,
    renotify: { everyMinutes: 30, times: 4 },
    alert: "More than a fifth of the orders of the last ten minutes failed.",
    recovery: "Orders succeed again, or nobody orders any more.",
    check: "check whether payment-down alerts too: then that is the cause.",
    logs: anyFailure(where),
    dashboard,
  });

const silence = (where: Where) =>
  compositeMonitor({
    key: "payment-silent-while-ordering",
    title: "payment is silent while customers order",
    service: datadogService("payment"),
    priority: 3,
    members: [alerting("payment-silent"), alerting("order-volume")],
    noData: covered,
    alert: "Customers order, but payment logs nothing.",
    recovery: "payment logs again, or nobody orders any more.",
    check: "see payment-no-replicas; if it is quiet, payment runs and its logs are lost.",
    logs: logsOf("payment", where),
    dashboard,
  });

function anyFailure(where: Where): string {
  return failedOrders(where, "refused", "timeout", "failed");
}
