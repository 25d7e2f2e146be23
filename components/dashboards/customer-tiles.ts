import {
  failedOrders,
  failuresByOutcome,
  frontEndDurations,
  frontEndRequests,
  logsOf,
  orderAnswers,
  zeroWhereMissing,
} from "../datadog/queries.ts";
import { type Data, metric, metricQuery, metrics, orders } from "./data.ts";
import { type Group, tile } from "./layout.ts";
import { here } from "./variables.ts";
import * as widgets from "./widgets.ts";

const ofFrontEnd = logsOf("front-end", here);
const failures = failedOrders(here, "refused", "timeout", "failed");

/** Orders by how they ended, and the front-end's requests, errors and latency by route. */
export function customerGroup(): Group {
  return {
    title: "What do customers see?",
    rows: [
      [tile(6, 3, outcomes(), failures), tile(6, 3, failureShare(), failures)],
      [tile(6, 3, reasons(), failures), tile(6, 3, requests(), ofFrontEnd)],
      [
        tile(6, 3, errors(), `${ofFrontEnd} @http.status_code:>=500`),
        tile(6, 3, latency(), `${ofFrontEnd} @duration:*`),
      ],
    ],
  };
}

/** The share of failed orders of the time that the dashboard shows, as one number. */
export function failureShareNow() {
  const colours = [
    { comparator: ">", value: 20, palette: "white_on_red" },
    { comparator: ">", value: 5, palette: "white_on_yellow" },
    { comparator: "<=", value: 5, palette: "white_on_green" },
  ] as const;
  return widgets.queryValue("Share of orders that failed", shareOfFailed("sum"), colours, {
    digits: 1,
  });
}

function failureShare() {
  const data = shareOfFailed();
  return widgets.timeseries("Symptom: share of failed orders", data, { threshold: 20 });
}

/** A declined card is an answer, not a failure, and is left out. */
function shareOfFailed(aggregator?: "sum"): Data {
  return {
    queries: (["failed", "placed"] as const).map((answer) =>
      metricQuery(answer, zeroWhereMissing(orderAnswers(answer, here)), aggregator),
    ),
    curves: [{ formula: "100 * failed / (failed + placed)", alias: "failed", unit: "percent" }],
  };
}

function outcomes() {
  const answers = (["placed", "declined", "failed"] as const).map(
    (answer) => [answer, orderAnswers(answer, here)] as const,
  );
  return widgets.timeseries("Symptom: orders by outcome", metrics(answers, orders), {
    display: "bars",
  });
}

function reasons() {
  const data = metric("orders", failuresByOutcome(here), orders);
  return widgets.timeseries("Failed orders by reason", data, { display: "bars" });
}

function requests() {
  const data = metric("requests", frontEndRequests("all", here), { label: "requests" });
  return widgets.timeseries("front-end: requests by route", data, { display: "bars" });
}

function errors() {
  const data = metric("errors", frontEndRequests("failed", here), { label: "requests" });
  return widgets.timeseries("front-end: answers with 5xx by route", data, { display: "bars" });
}

/** The front-end logs no time of what it passes on to another service. */
function latency() {
  const data = metric("p95", frontEndDurations(here), "nanosecond");
  return widgets.timeseries("front-end: p95 of the routes that log a time", data);
}
