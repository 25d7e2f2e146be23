import { orderAnswers, replicasAvailable } from "../datadog/queries.ts";
import { eventsPerMinute, number, orders, pods } from "./data.ts";
import { failureShareNow } from "./customer-tiles.ts";
import { type Group, tile } from "./layout.ts";
import { events, here, monitorsHere } from "./variables.ts";
import * as widgets from "./widgets.ts";

/** Numbers of now, and the monitors. */
export function stateGroup(): Group {
  return {
    title: "Is it on?",
    rows: [
      [
        tile(2, 3, podsNow()),
        tile(2, 3, failedNow()),
        tile(2, 3, failureShareNow()),
        tile(2, 3, placedNow()),
        tile(4, 3, widgets.monitorStates("Monitors", monitorsHere)),
      ],
      [tile(12, 2, markers())],
    ],
  };
}

/** Of five minutes: the last value of a longer time stays green after the Cluster Agent is gone. */
function podsNow() {
  const query = replicasAvailable("payment", here);
  const data = number({ alias: "available", unit: pods }, query, "last");
  const colours = [
    { comparator: "<", value: 1, palette: "white_on_red" },
    { comparator: ">=", value: 1, palette: "white_on_green" },
  ] as const;
  return widgets.queryValue("payment: available pods", data, colours, { span: "5m" });
}

function failedNow() {
  const data = number({ alias: "failed", unit: orders }, orderAnswers("failed", here), "sum");
  return widgets.queryValue("Orders failed", data, widgets.zeroIsGood);
}

function placedNow() {
  const data = number({ alias: "placed", unit: orders }, orderAnswers("placed", here), "sum");
  return widgets.queryValue("Orders placed", data);
}

function markers() {
  const data = eventsPerMinute("events", events.markers);
  return widgets.timeseries("Incidents entered and left", data, { display: "bars" });
}
