// Asks the stand-in what the widgets ask: it reads Datadog's query language by itself, and refuses
// what it does not understand. An answer without a number is an answer: nothing was sent here.
import { expect } from "chai";
import { standIn, type StandIn } from "../../sandbox/datadog/stand-in.ts";
import { widgetsOf } from "../../support/dashboards/board-widgets.ts";
import { boards } from "../../support/dashboards/boards.ts";

interface Request {
  readonly response_format: "timeseries" | "scalar" | "event_list";
  readonly queries?: readonly object[];
  readonly formulas?: readonly { readonly formula: string; readonly limit?: object }[];
  readonly query?: { readonly data_source: string; readonly query_string: string };
}

const minutes = 60_000;
const now = Date.parse("2027-01-05T10:00:00Z");

/** A request of the API that asks what one request of a widget asks. */
function asked({ response_format: format, queries, formulas, query }: Request): [string, object] {
  if (query?.data_source === "logs_stream") {
    return ["POST /api/v2/logs/events/search", { filter: { query: query.query_string } }];
  }
  if (query !== undefined) {
    return ["POST /api/v2/events/search", { filter: { query: query.query_string } }];
  }
  const attributes = {
    from: now - 10 * minutes,
    to: now,
    queries,
    formulas: formulas?.map(({ formula, limit }) => ({ formula, ...(limit && { limit }) })),
  };
  return [`POST /api/v2/query/${format}`, { data: { type: `${format}_request`, attributes } }];
}

for (const [name, board] of Object.entries(boards)) {
  describe(`the stand-in answers the ${name} board's`, () => {
    const text = JSON.stringify(board)
      .replaceAll("$cluster", "kube_cluster_name:kind-1")
      .replaceAll("$namespace", "kube_namespace:socks");
    const widgets = widgetsOf(JSON.parse(text) as typeof board);
    let on: StandIn;

    before(() => {
      on = standIn();
    });

    for (const widget of widgets) {
      for (const request of (widget["requests"] ?? []) as readonly Request[]) {
        it(String(widget["title"]), async () => {
          const { status, body } = await on.send(...asked(request));

          expect(status, JSON.stringify(body)).to.equal(200);
        });
      }
    }
  });
}

describe("the stand-in", () => {
  it("refuses a widget's question that it does not understand", async () => {
    const queries = [{ name: "a", data_source: "metrics", query: "avg:m{*}" }];
    const formulas = [{ formula: "anomalies(a, 'basic', 2)" }];
    const reply = await standIn().send(
      ...asked({ response_format: "timeseries", queries, formulas }),
    );

    expect(reply.status).to.be.greaterThan(399);
  });
});
