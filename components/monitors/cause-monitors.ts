import { datadogService } from "../shop/catalogue.ts";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import { metricMonitor } from "./monitor-builders.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import {
  loadPods,
  logLines,
  logsIn,
  logsOf,
  readyAddresses,
  replicasAvailable,
  replicasDesired,
  type Where,
} from "../datadog/queries.ts";
import { count } from "./template-variables.ts";

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

/** Notifies of missing data only: `payment-down` notifies of the outage itself. */
const noReplicas = (where: Where) =>
  metricMonitor({
    key: "payment-no-replicas",
    title: "payment has no available replica",
    service: payment,
    priority: 1,
    notifies: "no data",
    metric: replicasAvailable("payment", where),
    // There is no recovery threshold: pods are counted whole, so the first available one ends the
    // condition and is the recovery.
    alertWhen: { reduce: "max", minutes: 1, comparator: "<", threshold: 1 },
    noData: { why: "without data nobody watches payment", minutes: 10 },
    renotify: { everyMinutes: 30, times: 4 },
    alert: `payment has ${count} available replicas since {{last_triggered_at}}. Orders fail.`,
    recovery: "payment is available. Reconcile the orders of the outage, if there was one.",
    noDataText: "No data on payment's replicas: is the Cluster Agent up?",
    check: "check whether somebody scaled payment to 0 or its pods do not start.",
    logs: logsOf("orders", where),
    dashboard,
  });

/** The other half of `orders-fail-payment-up`: failures of an outage outlive it in their window. */
const recentOutage = (where: Where) =>
  metricMonitor({
    key: "payment-recent-outage",
    title: "payment had no available replica in the last ten minutes",
    service: payment,
    priority: 5,
    metric: replicasAvailable("payment", where),
    alertWhen: { reduce: "min", minutes: 10, comparator: "<", threshold: 1 },
    noData: { why: "payment-no-replicas reports it", onMissingData: "show_no_data" },
    alert: "payment was without an available replica within the last ten minutes.",
    recovery: "payment has been available for ten minutes.",
    check: "see payment-no-replicas for whether it is still down.",
    logs: logsOf("payment", where),
    dashboard,
  });

const scaledToZero = (where: Where) =>
  metricMonitor({
    key: "payment-scaled-to-zero",
    title: "payment is scaled to zero",
    service: payment,
    priority: 2,
    metric: replicasDesired("payment", where),
    // A report that arrives a minute late must not count as missing data.
    alertWhen: { reduce: "max", minutes: 2, comparator: "<", threshold: 1 },
    noData: { why: "payment-no-replicas reports it", onMissingData: "show_no_data" },
    alert: `payment is scaled to ${count} pods: somebody scaled it, it did not crash.`,
    recovery: "payment is scaled up again.",
    check: "find who scaled it: the incident markers and the Kubernetes events show when.",
    logs: logsOf("payment", where),
    dashboard,
  });

const noEndpoints = (where: Where) =>
  metricMonitor({
    key: "payment-no-endpoints",
    title: "Service payment has no ready address",
    service: payment,
    priority: 2,
    metric: readyAddresses("payment", where),
    alertWhen: { reduce: "max", minutes: 5, comparator: "<", threshold: 1 },
    // Agents since kube-state-metrics 2.18 send no series for a Service without addresses.
    noData: {
      why: "an empty Service has no series: silence is the symptom itself",
      onMissingData: "show_and_notify_no_data",
    },
    alert: `Service payment has ${count} ready addresses: every call to it is refused or times out.`,
    recovery: "Service payment has a ready address again.",
    noDataText:
      "No data on payment's addresses: the Service is empty, or the Cluster Agent is down.",
    check: "compare the Service's selector with the labels of payment's pods.",
    logs: logsOf("payment", where),
    dashboard,
  });

/** Payment's health lines are its heartbeat: the Agent must not drop them, while an index may. */
const silent = (where: Where) =>
  metricMonitor({
    key: "payment-silent",
    title: "payment stopped logging",
    service: payment,
    priority: 3,
    metric: logLines("payment", where),
    alertWhen: { reduce: "sum", minutes: 5, comparator: "<", threshold: 1 },
    noData: { why: "a count of nothing is 0, which alerts", onMissingData: "default" },
    alert: "payment has not logged a line for five minutes, not even a health check.",
    recovery: "payment logs again.",
    check: "check whether it has pods, and whether the agent on their node sends logs.",
    logs: logsOf("payment", where),
    dashboard,
  });

const loadRunning = (where: Where) =>
  metricMonitor({
    key: "load-running",
    title: "the load Job is running",
    service: "locust",
    priority: 5,
    metric: loadPods(where),
    alertWhen: { reduce: "max", minutes: 5, comparator: ">", threshold: 0 },
    noData: {
      why: "no Job is the normal state, and one that ended leaves no series behind",
      onMissingData: "resolve",
    },
    alert: "The load Job is running: the orders in the graphs are a drill.",
    recovery: "The load Job has ended, or its pods are no longer counted.",
    check: "nothing; the incident markers show who started it.",
    logs: `${logsIn(where)} service:locust`,
    dashboard,
  });
