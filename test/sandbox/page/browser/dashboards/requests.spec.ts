import { expect } from "chai";
import {
  NotDrawn,
  scalarBody,
  timeseriesBody,
  widgetQueries,
} from "../../../../../sandbox/page/browser/dashboards/requests.ts";

const window = { from: 1000, to: 2000 };
const expand = (query: string) => query.replaceAll("$a", "a:b");
const metric = { name: "q1", data_source: "metrics", query: "sum:x{$a}" };

describe("what a widget asks of the API", () => {
  it("is its queries with their variables replaced, and its formulas without their names", () => {
    const logs = {
      name: "q2",
      data_source: "logs",
      indexes: ["*"],
      compute: { aggregation: "count" },
      group_by: [],
    };
    const request = {
      queries: [
        { ...metric, aggregator: "sum" },
        { ...logs, search: { query: "$a status:error" } },
      ],
      formulas: [{ formula: "q1 + q2", alias: "all", limit: { count: 5, order: "asc" } }],
      display_type: "bars",
    };
    const [query] = widgetQueries({ type: "timeseries", requests: [request] }, expand);

    expect(query?.display).to.equal("bars");
    expect(query && timeseriesBody(query, window)).to.deep.equal({
      data: {
        type: "timeseries_request",
        attributes: {
          from: 1000,
          to: 2000,
          queries: [
            { name: "q1", data_source: "metrics", query: "sum:x{a:b}" },
            { ...logs, search: { query: "a:b status:error" } },
          ],
          formulas: [{ formula: "q1 + q2", limit: { count: 5, order: "asc" } }],
        },
      },
    });
  });

  it("is each query for itself where there is no formula", () => {
    const [query] = widgetQueries({ type: "toplist", requests: [{ queries: [metric] }] }, expand);
    expect(query?.formulas).to.deep.equal([{ formula: "q1" }]);
  });

  it("asks for the average of a metric whose aggregator is not said, and leaves others", () => {
    const queries = [metric, { ...metric, name: "q2", aggregator: "last" }];
    const { data } = scalarBody({ queries, formulas: [{ formula: "q1" }] }, window);
    const asked = data.attributes.queries as readonly { aggregator?: string }[];
    expect(asked.map(({ aggregator }) => aggregator)).to.deep.equal(["avg", "last"]);
  });

  it("reads the old form of one query in a text", () => {
    const [query] = widgetQueries({ type: "timeseries", requests: [{ q: "avg:x{$a}" }] }, expand);
    expect(query?.queries).to.deep.equal([
      { name: "q1", data_source: "metrics", query: "avg:x{a:b}" },
    ]);
  });

  it("says in one line why a request cannot be asked", () => {
    const none = "the widget has no list of requests";
    const cases = [
      [{ type: "timeseries" }, none],
      [{ type: "timeseries", requests: { fill: {} } }, none],
      [{ type: "timeseries", requests: [null] }, "requests[0] is not an object"],
      [
        { type: "timeseries", requests: [{ q: "a" }, { log_query: {}, style: {} }] },
        'requests[1] has neither "queries" nor "q" (it has log_query, style)',
      ],
      [
        { type: "timeseries", requests: [{ queries: [] }] },
        'requests[0] has neither "queries" nor "q" (it has queries)',
      ],
    ] as const;
    for (const [definition, sentence] of cases) {
      expect(() => widgetQueries(definition, expand)).to.throw(NotDrawn, sentence);
    }
  });
});
