import { expect } from "chai";
import { columns, counts, logs, metric, refusal, send } from "./formulas.ts";
import { line, withData } from "./stored.ts";

describe("POST /api/v2/query/scalar", () => {
  it("reduces each query to one number, then calculates", async () => {
    const queries = [metric("f", "sum:f{*}.as_count()", "sum"), metric("p", "sum:p{*}", "sum")];

    expect(
      await columns(counts(), { queries, formulas: [{ formula: "100 * f / (f + p)" }] }),
    ).to.deep.equal([["100 * f / (f + p)", "number", [50]]]);
  });

  for (const [aggregator, value] of [
    ["avg", 3],
    ["mean", 3],
    ["sum", 6],
    ["min", 2],
    ["max", 4],
    ["last", 4],
  ] as const) {
    it(`knows the aggregator ${aggregator}`, async () => {
      const queries = [metric("f", "sum:f{*}", aggregator)];

      expect(await columns(counts(), { queries })).to.deep.equal([["f", "number", [value]]]);
    });
  }

  it("has a column for each tag, the greatest group first, or as the limit orders", async () => {
    const queries = [metric("f", "sum:f{*} by {service}", "max")];
    const ask = (limit?: object) =>
      columns(counts(), { queries, formulas: [{ formula: "f", limit }] });

    expect(await ask()).to.deep.equal([
      ["service", "group", [["b"], ["a"]]],
      ["f", "number", [3, 2]],
    ]);
    expect(await ask({ count: 1, order: "asc" })).to.deep.equal([
      ["service", "group", [["a"]]],
      ["f", "number", [2]],
    ]);
  });

  it("leaves a group that a formula lacks empty, and has no row where there is no data", async () => {
    const queries = [
      metric("f", "sum:f{*} by {service}", "sum"),
      metric("p", "sum:p{*} by {service}", "sum"),
      metric("none", "sum:none{*}", "sum"),
    ];

    expect(
      await columns(counts(), { queries, formulas: [{ formula: "f" }, { formula: "p" }] }),
    ).to.deep.equal([
      ["service", "group", [["a"], ["b"]]],
      ["f", "number", [3, 3]],
      ["p", "number", [6, null]],
    ]);
    expect(await columns(counts(), { queries, formulas: [{ formula: "none" }] })).to.deep.equal([
      ["none", "number", []],
    ]);
  });

  it("measures logs, and counts none as 0", async () => {
    const on = withData({ logs: [line(1, { duration: 5 }), line(2, { duration: 9 })] });
    const ask = (compute: object, query = "*") =>
      columns(on, { queries: [logs("l", query, { compute })] });

    expect(await ask({ aggregation: "sum", metric: "@duration" })).to.deep.equal([
      ["l", "number", [14]],
    ]);
    expect(await ask({ aggregation: "pc95", metric: "@duration" })).to.deep.equal([
      ["l", "number", [9]],
    ]);
    expect(await ask({ aggregation: "cardinality", metric: "service" })).to.deep.equal([
      ["l", "number", [1]],
    ]);
    expect(await ask({ aggregation: "count" }, "service:nobody")).to.deep.equal([
      ["l", "number", [0]],
    ]);
    expect(await ask({ aggregation: "max", metric: "@duration" }, "service:nobody")).to.deep.equal([
      ["l", "number", []],
    ]);
  });

  it("refuses an aggregator and a source that are not built", async () => {
    const on = counts();
    const queries = [metric("f", "sum:f{*}", "l2norm")];

    expect(await refusal(on, "scalar", { queries })).to.equal(
      "Error parsing query: the aggregator l2norm is not understood here",
    );
    expect(
      await refusal(on, "scalar", {
        queries: [
          { data_source: "rum", search: { query: "*" }, compute: { aggregation: "count" } },
        ],
      }),
    ).to.contain('the data source "rum" has no numbers');
  });

  it("refuses a body that is not of the official client's model", async () => {
    const reply = await send(counts(), "scalar", { queries: [metric("f", "sum:f{*}")] });

    expect(reply.status).to.equal(400);
  });
});
