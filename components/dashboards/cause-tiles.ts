import type { ServiceName } from "../shop/catalogue.ts";
import {
  loadPods,
  logsOf,
  outOfMemory,
  readyAddresses,
  replicasAvailable,
  replicasDesired,
  restarts,
  waiting,
  zeroWhereMissing,
} from "../datadog/queries.ts";
import { lines, metric, metrics, pods, type Unit } from "./data.ts";
import { type Group, tile } from "./layout.ts";
import { here } from "./variables.ts";
import * as widgets from "./widgets.ts";

/** What runs on the path of an order: payment first, then who calls it. */
const onThePath = ["payment", "orders", "front-end"] as const satisfies readonly ServiceName[];

const ofPayment = logsOf("payment", here);

/** Pods and addresses of payment, and how the containers on an order's path are. */
export function causeGroup(): Group {
  return {
    title: "What broke?",
    rows: [
      [tile(6, 3, replicas(), ofPayment), tile(6, 3, endpoints(), ofPayment)],
      [
        tile(4, 3, ofContainers("Restarts, since each pod began", restarts, { label: "restarts" })),
        tile(4, 3, ofContainers("Containers that wait, by reason", waiting, containers)),
        tile(
          4,
          3,
          ofContainers("Containers whose last end was out of memory", outOfMemory, containers),
        ),
      ],
      [tile(6, 3, heartbeat(), ofPayment), tile(6, 3, load())],
    ],
  };
}

const containers = { label: "containers" };

function replicas() {
  const data = metrics(
    [
      ["desired", replicasDesired("payment", here)],
      ["available", replicasAvailable("payment", here)],
    ],
    pods,
  );
  return widgets.timeseries("Cause: pods of payment", data, { threshold: 1 });
}

function endpoints() {
  const query = zeroWhereMissing(readyAddresses("payment", here));
  const data = metric("ready addresses", query, { label: "addresses" });
  return widgets.timeseries("Cause: addresses behind Service payment", data, { threshold: 1 });
}

function ofContainers(
  title: string,
  queryOf: (service: ServiceName, where: typeof here) => string,
  unit: Unit,
) {
  const curves = onThePath.map((service) => [service, queryOf(service, here)] as const);
  return widgets.timeseries(title, metrics(curves, unit));
}

function heartbeat() {
  const data = lines("lines", ofPayment);
  return widgets.timeseries("payment's lines: silence is down", data, { display: "bars" });
}

function load() {
  const data = metric("pods of the load Job", zeroWhereMissing(loadPods(here)), pods);
  return widgets.timeseries("Load: is it a drill?", data);
}
