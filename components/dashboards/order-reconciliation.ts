import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import {
  authorisations,
  failedOrders,
  logsIn,
  logsOf,
  type OrderAnswer,
  orderAnswers,
} from "../datadog/queries.ts";
import { type Board, board, type Frame, tile } from "./layout.ts";
import { here, searched } from "./variables.ts";
import * as widgets from "./widgets.ts";

/** What is to be settled after an outage: what was tried, paid, confirmed, and what does not match. */
export function orderReconciliation(preset: Frame["preset"], appUrl: string): Board {
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
    [tile(4, 4, reasons()), tile(8, 4, failedIds(appUrl))],
    [tile(12, 5, failedList())],
    [tile(12, 5, totals(appUrl))],
    [tile(12, 4, authorised())],
  ]);
}

function introduction() {
  return widgets.note(
    "**Tried = placed + failed + declined**, as the front-end answered. **Lost = authorised - " +
      "placed**: money was taken and nothing confirmed. Builds of orders without a status log no " +
      "order id and save nothing on failure: their failed orders show by time and reason alone. " +
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
  const orders = searched(`${logsOf("front-end", here)} @order.amount:*`);
  const mean = widgets.measured("mean", orders, { aggregation: "avg", metric: "@order.amount" });
  const queries = [
    widgets.metricQuery("authorised", authorisations("granted", here), "sum"),
    widgets.metricQuery("placed", orderAnswers("placed", here), "sum"),
    mean,
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
  const data = widgets.lines(
    "orders",
    searched(`${logsOf("orders", here)} @evt.name:order.*`),
    "@evt.name",
  );
  return widgets.timeseries("Status changes, where the build has a status", data, {
    display: "bars",
  });
}

function reasons() {
  return widgets.toplist(
    "Failed orders by reason",
    widgets.lines("orders", failures(), "@order.failure_reason"),
  );
}

function failedIds(appUrl: string) {
  const search = `${failures()} @order.id:*`;
  const data = widgets.lines("failures", search, "@order.id", "@order.outcome");
  return widgets.table("Failed orders by id, where the build logs one", data, orderLink(appUrl));
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
function totals(appUrl: string) {
  const search = searched(`${logsIn(here)} @order.id:* $service`);
  const { queries } = widgets.lines("lines", search, "@order.id");
  const total = { aggregation: "max", metric: "@order.amount" } as const;
  const amounts = widgets.measured("q2", search, total, "@order.id");
  const curves = [
    { formula: "q1", alias: "lines" },
    { formula: "q2", alias: "total" },
  ];
  const data = { queries: [...queries, amounts], curves };
  return widgets.table("Orders by id, with their totals", data, orderLink(appUrl));
}

function orderLink(appUrl: string) {
  return {
    label: "Lines of this order",
    link: `${appUrl}logs?query=@order.id:{{@order.id.value}}`,
  };
}

function authorised() {
  return widgets.logStream(
    "Authorisations by payment",
    searched(`${logsOf("payment", here)} @method:Authorise`),
    ["timestamp", "@result", "content"],
  );
}

function failures(): string {
  return searched(failedOrders(here, "refused", "timeout", "failed"));
}
