import { dashboardTitles, titleIn } from "../datadog/dashboard-titles.ts";
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
import { metric, metricQuery, metrics, number, orders } from "./data.ts";
import { introduction } from "./introduction.ts";
import { type Board, board, type Frame, tile } from "./layout.ts";
import { here } from "./variables.ts";
import * as widgets from "./widgets.ts";

const failures = failedOrders(here, "refused", "timeout", "failed");
const paid = `${logsOf("payment", here)} @method:Authorise`;

/** What is to be settled after an outage: what was tried, paid, confirmed, and what does not match. */
export function orderReconciliation(frame: Frame): Board {
  const text =
    "**Tried = placed + failed + declined**, as the front-end answered. **Lost = authorised - " +
    "placed**: money was taken and nothing confirmed. Images of orders without a status log no " +
    "order id and save nothing on failure: their failed orders show only a time and a reason. " +
    "payment logs neither ids nor amounts. Totals are those that the front-end printed.";
  return board(frame, {
    title: titleIn(dashboardTitles.reconciliation, frame.preset.namespace),
    description:
      "Orders tried, placed, failed, declined and lost, and the ones to settle. Managed by Pulumi.",
    introduction: introduction(text, frame, "gray"),
    groups: [
      {
        title: "Does it add up?",
        rows: [
          [
            tile(2, 2, tried()),
            tile(2, 2, answered("Placed", "placed")),
            tile(2, 2, answered("Failed", "failed", widgets.zeroIsGood), failures),
            tile(2, 2, answered("Declined", "declined")),
            tile(2, 2, lost(), paid),
            tile(2, 2, moneyAtRisk(), paid),
          ],
          [tile(6, 3, moneyAndOrders(), paid), tile(6, 3, lifecycle(), logsOf("orders", here))],
        ],
      },
      {
        title: "Which orders are to be settled?",
        rows: [
          [tile(4, 5, reasons(), failures), tile(8, 5, failedList())],
          [tile(12, 5, totals())],
        ],
      },
      { title: "What did payment take?", rows: [[tile(12, 4, authorised())]] },
    ],
  });
}

function tried() {
  const queries = (["placed", "failed", "declined"] as const).map((answer) =>
    metricQuery(answer, orderAnswers(answer, here), "sum"),
  );
  const curves = [{ formula: "placed + failed + declined", alias: "tried", unit: orders }];
  return widgets.queryValue("Tried", { queries, curves });
}

function answered(title: string, answer: OrderAnswer, colours: readonly widgets.Colour[] = []) {
  const data = number({ alias: answer, unit: orders }, orderAnswers(answer, here), "sum");
  return widgets.queryValue(title, data, colours);
}

function lost() {
  const curves = [{ formula: "authorised - placed", alias: "lost", unit: orders }];
  const data = { queries: paidAndPlaced(), curves };
  return widgets.queryValue("Lost: paid, not confirmed", data, widgets.zeroIsGood);
}

/** A lost order's own total is in no log: the mean of the answered ones stands for it. */
function moneyAtRisk() {
  const queries = [...paidAndPlaced(), metricQuery("mean", meanTotal(here), "avg")];
  const formula = "(authorised - placed) * mean";
  const curves = [{ formula, alias: "money", unit: "dollar" }] as const;
  return widgets.queryValue("Money at risk, estimated", { queries, curves }, widgets.zeroIsGood);
}

function paidAndPlaced() {
  return [
    metricQuery("authorised", authorisations("granted", here), "sum"),
    metricQuery("placed", orderAnswers("placed", here), "sum"),
  ];
}

function moneyAndOrders() {
  const data = metrics(
    [
      ["authorised by payment", authorisations("granted", here)],
      ["declined by payment", authorisations("declined", here)],
      ["placed", orderAnswers("placed", here)],
      ["failed", orderAnswers("failed", here)],
    ],
    orders,
  );
  return widgets.timeseries("payment's answers and the shop's", data, { display: "bars" });
}

function lifecycle() {
  const data = metric("orders", statusChanges(here), orders);
  return widgets.timeseries("Status changes, if the image has a status", data, {
    display: "bars",
  });
}

function reasons() {
  const queries = [metricQuery("q1", failuresByOutcome(here), "sum")];
  const curves = [{ formula: "q1", alias: "orders", unit: orders }];
  return widgets.toplist("Failed orders by reason", { queries, curves });
}

function failedList() {
  return widgets.logStream("Failed orders, to be settled", failures, [
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
    ["@order.id", "@order.amount", "content"],
  );
}

function authorised() {
  return widgets.logStream("Authorisations by payment", paid, ["@result", "content"]);
}
