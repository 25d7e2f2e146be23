import { failedOrders } from "../datadog/queries.ts";
import { type Group, tile } from "./layout.ts";
import { events, here, logsHere } from "./variables.ts";
import * as widgets from "./widgets.ts";

/** Single lines and events, for what no graph says. */
export function lineGroup(): Group {
  return {
    title: "Which lines and events say so?",
    rows: [[tile(12, 4, failures())], [tile(6, 4, errors()), tile(6, 4, eventList())]],
  };
}

function failures() {
  const search = failedOrders(here, "refused", "timeout", "failed");
  return widgets.logStream("Failed orders", search, ["@order.outcome", "@order.id", "content"]);
}

function errors() {
  return widgets.logStream("Errors", `${logsHere} status:error`, ["service", "content"]);
}

function eventList() {
  return widgets.eventStream("Markers and Kubernetes events", events.markersAndKubernetes);
}
