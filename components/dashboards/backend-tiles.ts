import type { ServiceName } from "../shop/catalogue.ts";
import {
  callDurations,
  logsOf,
  replicasAvailable,
  requestDurations,
  shipments,
} from "../datadog/queries.ts";
import { lines, metric, metricQuery, metrics, pods } from "./data.ts";
import { type Group, tile } from "./layout.ts";
import { here, logsHere } from "./variables.ts";
import * as widgets from "./widgets.ts";

/** Who takes a shipment after an order is paid. */
const afterPayment = [
  "shipping",
  "rabbitmq",
  "queue-master",
] as const satisfies readonly ServiceName[];

/** Latency of the services behind the front-end, and the way of a shipment through the queue. */
export function backendGroup(): Group {
  return {
    title: "Behind the order: latency and the queue",
    rows: [
      [tile(6, 3, goLatency()), tile(6, 3, javaLatency())],
      [
        tile(6, 3, queue(), logsOf("shipping", here)),
        tile(6, 3, queuePods(), logsOf("rabbitmq", here)),
      ],
      [tile(12, 3, errorLines(), `${logsHere} status:error`)],
    ],
  };
}

function goLatency() {
  const data = metric("p95", callDurations(here), "nanosecond");
  return widgets.timeseries("Latency: p95 of the Go services' calls", data);
}

function javaLatency() {
  const queries = (["sum", "count"] as const).map((part) =>
    metricQuery(part, requestDurations(part, here)),
  );
  const curves = [{ formula: "sum / count", alias: "mean", unit: "second" }] as const;
  return widgets.timeseries("Latency: mean of the Java services' requests", { queries, curves });
}

/** In the queue is what was put in and not taken out. */
function queue() {
  const data = metrics(
    [
      ["put in by shipping", shipments("queued", here)],
      ["taken by queue-master", shipments("taken", here)],
      ["lost: no queue", shipments("lost", here)],
    ],
    { label: "shipments" },
  );
  return widgets.timeseries("Shipments through RabbitMQ", data, { display: "bars" });
}

function queuePods() {
  const curves = afterPayment.map((it) => [it, replicasAvailable(it, here)] as const);
  const data = metrics(curves, pods);
  return widgets.timeseries("Pods of shipping, RabbitMQ and queue-master", data, { threshold: 1 });
}

function errorLines() {
  const data = lines("lines", `${logsHere} status:error`, "service");
  return widgets.timeseries("Error lines by service", data, { display: "bars" });
}
