import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import {
  callDurations,
  failedOrders,
  failurePercentage,
  failuresByOutcome,
  loadPods,
  logsIn,
  logsOf,
  orderAnswers,
  readyAddresses,
  replicasAvailable,
  replicasDesired,
  zeroWhereMissing,
} from "../datadog/queries.ts";
import { type Board, board, type Frame, tile } from "./layout.ts";
import { events, here, monitorsHere } from "./variables.ts";
import * as widgets from "./widgets.ts";

/** Ids of what the board shows by name. */
export interface TimelineIds {
  /** The monitor of payment's replicas, and the one that names it as the root cause. */
  readonly cause: string;
  readonly rootCause: string;
  readonly orderSuccess: string;
  readonly paymentAvailability: string;
}

/** What somebody on call reads from top to bottom: is it on, what broke, what it does, since when. */
export function incidentTimeline(preset: Frame["preset"], ids: TimelineIds): Board {
  const description =
    "Is the incident on, what broke, what do customers see, and since when. Managed by Pulumi.";
  return board({ title: dashboardTitles.timeline, description, preset }, [
    [tile(12, 2, introduction())],
    [
      tile(3, 3, podsNow()),
      tile(3, 3, failedNow()),
      tile(3, 3, placedNow()),
      tile(3, 3, monitors()),
    ],
    [tile(12, 2, markers())],
    [tile(6, 3, pods()), tile(6, 3, endpoints())],
    [tile(6, 3, outcomes()), tile(6, 3, failureShare())],
    [tile(6, 3, reasons()), tile(6, 3, load())],
    [tile(6, 3, errorLines()), tile(6, 3, durations())],
    [tile(6, 3, heartbeat()), tile(6, 3, widgets.monitorGraph("Root cause", ids.rootCause))],
    [
      tile(4, 4, widgets.monitorGraph("payment has no available replica", ids.cause)),
      tile(4, 4, widgets.objective("Orders that are placed", ids.orderSuccess)),
      tile(4, 4, widgets.objective("payment has a replica", ids.paymentAvailability)),
    ],
    [tile(12, 4, failures())],
    [tile(6, 4, errors()), tile(6, 4, eventList())],
  ]);
}

function introduction() {
  return widgets.note(
    "**Is it on?** The first row says it: pods of payment, failed orders, monitors. **What broke?** " +
      "payment's pods and addresses. **What do customers see?** Orders by outcome. Bars behind the " +
      "graphs are the markers of staged incidents, and what Kubernetes says of payment. Each monitor " +
      "links to its part of the runbook. Logs carry UTC; this page shows your own time zone.",
    "yellow",
  );
}

/** Of five minutes: the last value of a longer time stays green after the Cluster Agent is gone. */
function podsNow() {
  const data = widgets.number("available", replicasAvailable("payment", here), "last");
  const colours = [
    { comparator: "<", value: 1, palette: "white_on_red" },
    { comparator: ">=", value: 1, palette: "white_on_green" },
  ] as const;
  return widgets.queryValue("payment: available pods", data, colours, { span: "5m" });
}

function failedNow() {
  const data = widgets.number("failed", orderAnswers("failed", here), "sum");
  return widgets.queryValue("Orders failed", data, widgets.zeroIsGood);
}

function placedNow() {
  const data = widgets.number("placed", orderAnswers("placed", here), "sum");
  return widgets.queryValue("Orders placed", data);
}

function monitors() {
  return widgets.monitorStates("Monitors", monitorsHere);
}

function markers() {
  return widgets.eventBars("Incidents entered and left", events.markers);
}

function pods() {
  const data = widgets.metrics([
    ["desired", replicasDesired("payment", here)],
    ["available", replicasAvailable("payment", here)],
  ]);
  return widgets.timeseries("Cause: pods of payment", data, { threshold: 1 });
}

function endpoints() {
  const data = widgets.metric("ready addresses", zeroWhereMissing(readyAddresses("payment", here)));
  return widgets.timeseries("Cause: addresses behind Service payment", data, { threshold: 1 });
}

function outcomes() {
  const data = widgets.metrics([
    ["placed", orderAnswers("placed", here)],
    ["declined", orderAnswers("declined", here)],
    ["failed", orderAnswers("failed", here)],
  ]);
  return widgets.timeseries("Symptom: orders by outcome", data, { display: "bars" });
}

function failureShare() {
  const data = widgets.metric("failed, %", failurePercentage(here));
  return widgets.timeseries("Symptom: share of failed orders", data, { threshold: 20 });
}

function reasons() {
  const data = widgets.metric("orders", failuresByOutcome(here));
  return widgets.timeseries("Failed orders by reason", data, { display: "bars" });
}

function load() {
  const data = widgets.metric("pods of the load Job", zeroWhereMissing(loadPods(here)));
  return widgets.timeseries("Load: is it a drill?", data);
}

function errorLines() {
  const data = widgets.lines("lines", `${logsIn(here)} status:error $service`, "service");
  return widgets.timeseries("Error lines by service", data, { display: "bars" });
}

function durations() {
  const data = widgets.metric("p95", callDurations(here, "$service"));
  return widgets.timeseries("Latency: p95 of the Go services' calls, ns", data);
}

function heartbeat() {
  const data = widgets.lines("lines", logsOf("payment", here));
  return widgets.timeseries("payment's lines: silence is down", data, { display: "bars" });
}

function failures() {
  const search = failedOrders(here, "refused", "timeout", "failed");
  return widgets.logStream("Failed orders", search, [
    "timestamp",
    "@order.outcome",
    "@order.id",
    "content",
  ]);
}

function errors() {
  return widgets.logStream("Errors", `${logsIn(here)} status:error $service`, [
    "timestamp",
    "service",
    "content",
  ]);
}

function eventList() {
  return widgets.eventStream("Markers and Kubernetes events", events.markersAndKubernetes);
}
