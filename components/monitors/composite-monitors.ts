import { datadogService } from "../shop/catalogue.ts";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import type { Member, MonitorDefinition } from "./monitor-definition.ts";
import { lostMoney } from "./lost-money-monitors.ts";
import { failedOrders, logsOf, type Where } from "../datadog/queries.ts";

const orders = datadogService("orders");
const dashboard = dashboardTitles.timeline;

const alerts = (key: string): Member => ({ key, alerts: true });
const quiet = (key: string): Member => ({ key, alerts: false });

const covered = {
  why: "agent-not-reporting or payment-no-replicas reports when the members get no data",
};

/** Monitors that join others: these, the agents' and the burn alerts are the ones people hear of. */
export function compositeMonitors(where: Where): readonly MonitorDefinition[] {
  return [
    rootCause(where),
    otherCause(where),
    manyFailures(where),
    lostMoney(where),
    silence(where),
  ];
}

function rootCause(where: Where): MonitorDefinition {
  return {
    key: "payment-down",
    title: "ROOT CAUSE: payment is down and orders fail",
    service: datadogService("payment"),
    priority: 1,
    notifies: true,
    condition: {
      type: "composite",
      members: [alerts("payment-no-replicas"), alerts("payment-failures")],
    },
    noData: covered,
    renotify: { everyMinutes: 15, times: 4 },
    message: {
      alert: "payment has no available replica, and orders fail because of it.",
      recovery: "payment is available again. Reconcile the orders of the outage.",
      check: "bring payment back: everything else that alerts is a symptom.",
      logs: anyFailure(where),
      dashboard,
    },
  };
}

function otherCause(where: Where): MonitorDefinition {
  return {
    key: "orders-fail-payment-up",
    title: "orders fail although payment is up",
    service: orders,
    priority: 2,
    notifies: true,
    condition: {
      type: "composite",
      members: [quiet("payment-recent-outage"), alerts("order-failures-delayed")],
    },
    noData: covered,
    renotify: { everyMinutes: 30, times: 4 },
    message: {
      alert: "Orders fail, and payment has had pods all the time: the cause is another.",
      recovery: "Orders succeed again, or payment is down after all.",
      check: "tell refusals, timeouts and errors apart; then look at what stands before payment.",
      logs: anyFailure(where),
      dashboard,
    },
  };
}

function manyFailures(where: Where): MonitorDefinition {
  return {
    key: "order-failures",
    title: "many orders fail",
    service: orders,
    priority: 2,
    notifies: true,
    condition: {
      type: "composite",
      members: [alerts("order-failure-ratio"), alerts("order-volume")],
    },
    noData: covered,
    renotify: { everyMinutes: 30, times: 4 },
    message: {
      alert: "More than a fifth of the orders of the last ten minutes failed.",
      recovery: "Orders succeed again, or nobody orders any more.",
      check: "see whether payment-down alerts too: then that is the cause.",
      logs: anyFailure(where),
      dashboard,
    },
  };
}

function silence(where: Where): MonitorDefinition {
  return {
    key: "payment-silent-while-ordering",
    title: "payment is silent while customers order",
    service: datadogService("payment"),
    priority: 3,
    condition: { type: "composite", members: [alerts("payment-silent"), alerts("order-volume")] },
    noData: covered,
    message: {
      alert: "Customers order, and payment does not log a line.",
      recovery: "payment logs again, or nobody orders any more.",
      check: "see payment-no-replicas; if it is quiet, payment runs and its logs are lost.",
      logs: logsOf("payment", where),
      dashboard,
    },
  };
}

function anyFailure(where: Where): string {
  return failedOrders(where, "refused", "timeout", "failed");
}
