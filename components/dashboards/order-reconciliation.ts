import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import {
  authorisations,
  failedOrders,
  failuresByOutcome,
  logsOf,
  meanTotal,
  type OrderAnswer,
  orderAnswers,
  statusChanges,
} from "../datadog/queries.ts";
import { type Board, board, type Frame, tile } from "./layout.ts";
import { here } from "./variables.ts";
import * as widgets from "./widgets.ts";

/** What is to be settled after an outage: what was tried, paid, confirmed, and what does not match. */
export function orderReconciliation(preset: Frame["preset"]): Board {
  const description =
    "Orders tried, placed, failed, declined and lost, and the ones to settle. Managed by Pulumi.";
  return board({ title: dashboardTitles.reconciliation, description, preset }, [
    [tile(12, 2, introduction())],
    [
      tile(2, 2, tried()),
      tile(2, 2, answered("Placed", "placed")),
      tile(2, 2, answered("Failed", "failed", widgets.zeroIsGood)),
      tile(2, 2, answered("Declined", "declined")),
      tile(2, 2, lost()),
      tile(2, 2, moneyAtRisk()),
    ],
    [tile(6, 3, moneyAndOrders()), tile(6, 3, lifecycle())],
    [tile(4, 5, reasons()), tile(8, 5, failedList())],
    [tile(12, 5, totals())],
    [tile(12, 4, authorised())],
  ]);
}

function introduction() {
  return widgets.note(
    "**Tried = placed + failed + declined**, as the front-end answered. **Lost = authorised - " +
      "placed**: money was taken and nothing confirmed. Images of orders without a status log no " +
      "order id and save nothing on failure: their failed orders show only a time and a reason. " +
      "payment logs neither ids nor amounts. Totals are those that the front-end printed.",
    "gray",
  );
}

function tried() {
  const queries = (["placed", "failed", "declined"] as const).map((answer) =>
    widgets.metricQuery(answer, orderAnswers(answer, here), "sum"),
  );
  const curves = [{ formula: "placed + failed + declined", alias: "tried" }];
  return widgets.queryValue("Tried", { queries, curves });
}

function answered(title: string, answer: OrderAnswer, colours: readonly widgets.Colour[] = []) {
  const data = widgets.number(answer, orderAnswers(answer, here), "sum");
  return widgets.queryValue(title, data, colours);
}

function lost() {
  const queries = [
    widgets.metricQuery("authorised", authorisations("granted", here), "sum"),
    widgets.metricQuery("placed", orderAnswers("placed", here), "sum"),
  ];
  const curves = [{ formula: "authorised - placed", alias: "lost" }];
  return widgets.queryValue("Lost: paid, not confirmed", { queries, curves }, widgets.zeroIsGood);
}

/** A lost order's own total is in no log: the mean of the answered ones stands for it. */
function moneyAtRisk() {
  const queries = [
    widgets.metricQuery("authorised", authorisations("granted", here), "sum"),
    widgets.metricQuery("placed", orderAnswers("placed", here), "sum"),
    widgets.metricQuery("mean", meanTotal(here), "avg"),
  ];
  const curves = [{ formula: "(authorised - placed) * mean", alias: "money" }];
  return widgets.queryValue("Money at risk, estimated", { queries, curves }, widgets.zeroIsGood);
}

function moneyAndOrders() {
  const data = widgets.metrics([
    ["authorised by payment", authorisations("granted", here)],
    ["declined by payment", authorisations("declined", here)],
    ["placed", orderAnswers("placed", here)],
    ["failed", orderAnswers("failed", here)],
  ]);
  return widgets.timeseries("payment's answers and the shop's", data, { display: "bars" });
}

function lifecycle() {
  const data = widgets.metric("orders", statusChanges(here));
  return widgets.timeseries("Status changes, if the image has a status", data, {
    display: "bars",
  });
}

function reasons() {
  const queries = [widgets.metricQuery("q1", failuresByOutcome(here), "sum")];
  const curves = [{ formula: "q1", alias: "orders" }];
  return widgets.toplist("Failed orders by reason", { queries, curves });
}

function failedList() {
  return widgets.logStream("Failed orders, to be settled", failures(), [
    "timestamp",
    "@order.id",
    "@order.outcome",
    "@order.failure_reason",
    "content",
  ]);
}

/** Only an order that was answered shows its total; the front-end prints it. */
function totals() {
  return widgets.logStream(
    "Answered orders, with their totals",
    `${logsOf("front-end", here)} @order.amount:*`,
    ["timestamp", "@order.id", "@order.amount", "content"],
  );
}

function authorised() {
  return widgets.logStream(
    "Authorisations by payment",
    `${logsOf("payment", here)} @method:Authorise`,
    ["timestamp", "@result", "content"],
  );
}

function failures(): string {
  return failedOrders(here, "refused", "timeout", "failed");
}
