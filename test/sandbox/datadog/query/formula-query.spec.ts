import { expect } from "chai";
import { counts, curves, logs, metric, refusal } from "./formulas.ts";
import { line, now, withData } from "./stored.ts";

describe("POST /api/v2/query/timeseries", () => {
  it("has one curve for each formula and group, over the same times", async () => {
    const queries = [metric("f", "sum:f{*} by {service}.as_count()"), metric("p", "sum:p{*}")];

    expect(
      await curves(counts(), { queries, formulas: [{ formula: "f" }, { formula: "p" }] }),
    ).to.deep.equal({
      times: [80, 40, 20],
      curves: [
        [0, "service:a", [null, 2, 1]],
        [0, "service:b", [null, null, 3]],
        [1, "", [5, null, 1]],
      ],
    });
  });

  it("takes each query for a formula where there is none", async () => {
    const found = await curves(counts(), {
      queries: [{ data_source: "metrics", query: "sum:f{*}" }],
    });

    expect(found.curves).to.deep.equal([[0, "", [2, 4]]]);
  });

  it("calculates, fills and ranks in formulas", async () => {
    const queries = [metric("f", "sum:f{*} by {service}"), metric("p", "sum:p{*}")];
    const ask = async (formula: string, limit?: object) => {
      const { curves: found } = await curves(counts(), { queries, formulas: [{ formula, limit }] });
      return found.map(([, tags, values]) => [tags, values]);
    };

    expect(await ask("100 * f / (f + p)")).to.deep.equal([
      ["service:a", [50]],
      ["service:b", [75]],
    ]);
    expect(await ask("top(f, 1, 'max', 'desc')")).to.deep.equal([["service:b", [3]]]);
    expect(await ask("f", { count: 1, order: "asc" })).to.deep.equal([["service:a", [2, 1]]]);
    expect((await ask("default_zero(p)"))[0]?.[1]).to.have.length(15);
  });

  it("takes the interval that is asked for", async () => {
    const queries = [metric("f", "sum:f{*}")];

    expect(await curves(counts(), { queries, interval: 60_000 })).to.deep.equal({
      times: [60],
      curves: [[0, "", [6]]],
    });
  });

  it("counts logs by their facets, the greatest groups alone", async () => {
    const on = withData({
      logs: [
        ...[1, 2, 3].map((ago) => line(ago, { service: "orders", "order.outcome": "refused" })),
        line(4, { service: "orders", "order.outcome": "placed, late" }),
        line(70, { service: "orders", "order.outcome": "refused" }),
        line(5, { service: "payment" }),
      ],
    });
    const group = [{ facet: "service" }, { facet: "@order.outcome", limit: 1 }];
    const ask = (more: Record<string, unknown>) =>
      curves(on, { queries: [logs("l", "*", more)], interval: 60_000 }).then(
        (found) => found.curves,
      );

    expect(await ask({})).to.deep.equal([[0, "", [1, 5]]]);
    expect(await ask({ group_by: [{ facet: "service" }] })).to.deep.equal([
      [0, "service:orders", [1, 4]],
      [0, "service:payment", [null, 1]],
    ]);
    expect(await ask({ group_by: group })).to.deep.equal([
      [0, "service:orders,@order.outcome:refused", [1, 3]],
      [0, "service:orders,@order.outcome:placed, late", [null, 1]],
    ]);
    const least = [{ facet: "service", limit: 1, sort: { aggregation: "count", order: "asc" } }];
    expect(await ask({ group_by: least })).to.deep.equal([[0, "service:payment", [1]]]);
    expect(await ask({ compute: { aggregation: "count", interval: 120_000 } })).to.deep.equal([
      [0, "", [6]],
    ]);
  });

  it("counts events by the search syntax of logs", async () => {
    const on = withData({});
    for (const [title, ago, tags] of [
      ["Incident entered", 90, ["incident:payment-failure"]],
      ["Incident left", 30, ["incident:payment-failure"]],
      ["Something else", 30, ["team:x"]],
    ] as const) {
      await on.send("POST /api/v1/events", {
        title,
        text: "",
        tags,
        date_happened: now / 1000 - ago,
      });
    }
    const events = (query: string) => ({ ...logs("e", query), data_source: "events" });
    const ask = (query: string) =>
      curves(on, { queries: [events(query)], interval: 60_000 }).then((found) => found.curves);

    expect(await ask("incident:payment-failure")).to.deep.equal([[0, "", [1, 1]]]);
    expect(await ask("Something")).to.deep.equal([[0, "", [1]]]);
    expect(await ask("source:api entered")).to.deep.equal([[0, "", [1]]]);
    expect(await ask("")).to.deep.equal([[0, "", [1, 2]]]);
    expect(await ask("incident:other")).to.deep.equal([]);
  });

  const refused: [what: string, attributes: Record<string, unknown>, why: string][] = [
    [
      "a source that is not built",
      {
        queries: [
          {
            data_source: "spans",
            name: "a",
            search: { query: "*" },
            compute: { aggregation: "count" },
          },
        ],
      },
      'the data source "spans" has no curves in the stand-in: metrics, logs, events, slo',
    ],
    [
      "a function that is not built",
      { queries: [metric("a", "sum:f{*}")], formulas: [{ formula: "forecast(a)" }] },
      'formula "forecast(a)": the function forecast() is not understood here',
    ],
    [
      "a name that no query has",
      { queries: [metric("a", "sum:f{*}")], formulas: [{ formula: "a + b" }] },
      'formula "a + b": "b" is no metric query that is understood here',
    ],
    [
      "intervals of several lengths",
      {
        queries: [metric("a", "sum:f{*}"), metric("b", "sum:f{*}.rollup(sum, 60)")],
        formulas: [{ formula: "a + b" }],
      },
      'formula "a + b": its queries have intervals of several lengths',
    ],
    ["a search that is not understood", { queries: [logs("a", "(")] }, ""],
    [
      "an aggregation without its attribute",
      { queries: [logs("a", "*", { compute: { aggregation: "sum" } })] },
      "compute.metric is missing: sum wants one",
    ],
    [
      "another index",
      { queries: [logs("a", "*", { indexes: ["archive"] })] },
      'the stand-in has no index "archive", only "main"',
    ],
  ];
  for (const [what, attributes, why] of refused) {
    it(`refuses ${what} by name`, async () => {
      expect(await refusal(counts(), "timeseries", attributes)).to.match(/^Error parsing query: ./);
      expect(await refusal(counts(), "timeseries", attributes)).to.contain(why);
    });
  }
});
