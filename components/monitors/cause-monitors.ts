import { datadogService } from "../shop/catalogue.ts";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import {
  loadPods,
  logQuery,
  logsIn,
  logsOf,
  metricQuery,
  readyAddresses,
  replicasAvailable,
  replicasDesired,
  type Where,
} from "../datadog/queries.ts";

const payment = datadogService("payment");
const dashboard = dashboardTitles.timeline;

/** Monitors of what runs: payment's pods and addresses, and the load. */
export function causeMonitors(where: Where): readonly MonitorDefinition[] {
  return [
    noReplicas(where),
    recentOutage(where),
    scaledToZero(where),
    noEndpoints(where),
    silent(where),
    loadRunning(where),
  ];
}

/** An alert of it is `payment-down`'s to tell; that the Cluster Agent is silent, nobody else's. */
function noReplicas(where: Where): MonitorDefinition {
  return {
    key: "payment-no-replicas",
    title: "payment has no available replica",
    service: payment,
    priority: 1,
    notifies: "no data",
    condition: {
      type: "metric alert",
      query: metricQuery(replicasAvailable("payment", where), {
        reduce: "max",
        minutes: 1,
        comparator: "<",
        threshold: 1,
      }),
      // There is no recovery threshold: pods are counted whole, so the first available one ends the
      // condition and is the recovery.
      thresholds: { critical: 1 },
    },
    noData: { why: "without data nobody watches payment", minutes: 10 },
    renotify: { everyMinutes: 30, times: 4 },
    message: {
      alert:
        "payment has {{value}} available replicas (threshold {{threshold}}) " +
        "since {{last_triggered_at}}. Orders fail.",
      recovery: "payment is available. Reconcile the orders of the outage, if there was one.",
      noData: "No data on payment's replicas: is the Cluster Agent up?",
      check: "see whether somebody scaled payment to 0 or its pods do not start.",
      logs: logsOf("orders", where),
      dashboard,
    },
  };
}

/** The other half of `orders-fail-payment-up`: failures of an outage outlive it in their window. */
function recentOutage(where: Where): MonitorDefinition {
  return {
    key: "payment-recent-outage",
    title: "payment had no available replica in the last ten minutes",
    service: payment,
    priority: 5,
    condition: {
      type: "metric alert",
      query: metricQuery(replicasAvailable("payment", where), {
        reduce: "min",
        minutes: 10,
        comparator: "<",
        threshold: 1,
      }),
      thresholds: { critical: 1 },
    },
    noData: { why: "payment-no-replicas reports it", onMissingData: "show_no_data" },
    message: {
      alert: "payment was without an available replica within the last ten minutes.",
      recovery: "payment has been available for ten minutes.",
      check: "look at payment-no-replicas for whether it lasts.",
      logs: logsOf("payment", where),
      dashboard,
    },
  };
}

function scaledToZero(where: Where): MonitorDefinition {
  return {
    key: "payment-scaled-to-zero",
    title: "payment is scaled to zero",
    service: payment,
    priority: 2,
    condition: {
      type: "metric alert",
      query: metricQuery(replicasDesired("payment", where), {
        reduce: "max",
        minutes: 1,
        comparator: "<",
        threshold: 1,
      }),
      thresholds: { critical: 1 },
    },
    noData: { why: "payment-no-replicas reports it", onMissingData: "show_no_data" },
    message: {
      alert: "Nobody wants a pod of payment: {{value}} are desired. This is no crash.",
      recovery: "Pods of payment are wanted again.",
      check: "ask who scaled it: the incident markers and the Kubernetes events say when.",
      logs: logsOf("payment", where),
      dashboard,
    },
  };
}

function noEndpoints(where: Where): MonitorDefinition {
  return {
    key: "payment-no-endpoints",
    title: "Service payment has no ready address",
    service: payment,
    priority: 2,
    condition: {
      type: "metric alert",
      query: metricQuery(readyAddresses("payment", where), {
        reduce: "max",
        minutes: 5,
        comparator: "<",
        threshold: 1,
      }),
      thresholds: { critical: 1 },
    },
    // Agents since kube-state-metrics 2.18 send no series for a Service without addresses.
    noData: {
      why: "an empty Service has no series: silence is the symptom itself",
      onMissingData: "show_and_notify_no_data",
    },
    message: {
      alert: "Service payment has {{value}} ready addresses: every call to it is refused.",
      recovery: "Service payment has a ready address again.",
      noData: "No series of payment's addresses: the Service is empty, or nobody counts them.",
      check: "compare the Service's selector with the labels of payment's pods.",
      logs: logsOf("payment", where),
      dashboard,
    },
  };
}

/** Payment's health lines are its heartbeat; so they must not be dropped before they are counted. */
function silent(where: Where): MonitorDefinition {
  return {
    key: "payment-silent",
    title: "payment stopped logging",
    service: payment,
    priority: 3,
    condition: {
      type: "log alert",
      query: logQuery(logsOf("payment", where), { minutes: 5, comparator: "<", threshold: 1 }),
      thresholds: { critical: 1 },
    },
    noData: { why: "a count of nothing is 0, which alerts", onMissingData: "default" },
    message: {
      alert: "payment has not logged a line for five minutes, not even a health check.",
      recovery: "payment logs again.",
      check: "see whether it has pods; if it has, whether the agent of their node sends logs.",
      logs: logsOf("payment", where),
      dashboard,
    },
  };
}

function loadRunning(where: Where): MonitorDefinition {
  return {
    key: "load-running",
    title: "the load Job is running",
    service: "locust",
    priority: 5,
    condition: {
      type: "metric alert",
      query: metricQuery(loadPods(where), {
        reduce: "max",
        minutes: 5,
        comparator: ">",
        threshold: 0,
      }),
      thresholds: { critical: 0 },
    },
    noData: {
      why: "no Job is the normal state, and one that ended leaves no series behind",
      onMissingData: "resolve",
    },
    message: {
      alert: "Virtual customers are ordering: what the graphs show is a drill.",
      recovery: "The load has ended, or its pods are no longer counted.",
      check: "nothing; the incident markers say who started it.",
      logs: `${logsIn(where)} service:locust`,
      dashboard,
    },
  };
}
