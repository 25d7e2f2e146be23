import { expect } from "chai";
import {
  graphOfReplies,
  labelOf,
  tableOf,
  topRows,
} from "../../../../../sandbox/page/browser/dashboards/curves.ts";

function timeseries(times: readonly number[], values: readonly (readonly (number | null)[])[]) {
  const series = values.map(() => ({ group_tags: [], query_index: 0, unit: null }));
  return { data: { attributes: { times, values, series } } };
}

describe("the curves of a widget", () => {
  it("stand on common times, with gaps where a request has no value", () => {
    const graph = graphOfReplies([
      {
        reply: timeseries([10, 30], [[1, 3]]),
        formulas: [{ formula: "q1", alias: "a" }],
        display: "line",
      },
      { reply: timeseries([20, 30], [[2, null]]), formulas: [{ formula: "q1" }], display: "bars" },
    ]);
    expect(graph.times).to.deep.equal([10, 20, 30]);
    expect(graph.curves.map((one) => [one.label, one.display, one.values])).to.deep.equal([
      ["a", "line", [1, null, 3]],
      ["q1", "bars", [null, 2, null]],
    ]);
  });

  it("are named by formula, by group, or by both where formulas share groups", () => {
    const formula = { formula: "q1", alias: "p95" };
    expect(labelOf(formula, [], 1)).to.equal("p95");
    expect(labelOf(formula, ["service:a"], 1)).to.equal("service:a");
    expect(labelOf(formula, ["service:a", "host:b"], 2)).to.equal("p95 service:a, host:b");
    expect(labelOf(undefined, [], 1)).to.equal("value");
  });

  it("are missing where nothing was found", () => {
    const reply = timeseries([], []);
    const graph = graphOfReplies([{ reply, formulas: [], display: "line" }]);
    expect(graph).to.deep.equal({ times: [], curves: [] });
  });
});

describe("the rows of a widget", () => {
  const reply = {
    data: {
      attributes: {
        columns: [
          { type: "group", name: "outcome", values: [["a"], ["b"], ["c"]] },
          { type: "number", name: "q1", values: [1, null, 3], meta: { unit: null } },
          { type: "number", name: "q2", values: [4, 5, 6] },
        ],
      },
    },
  } as const;
  const table = tableOf(reply, [{ formula: "q1", alias: "orders" }, { formula: "q2" }]);

  it("hold a group and a number for each formula", () => {
    expect(table.groupNames).to.deep.equal(["outcome"]);
    expect(table.names).to.deep.equal(["orders", "q2"]);
    expect(table.rows).to.deep.equal([
      { group: ["a"], numbers: [1, 4] },
      { group: ["b"], numbers: [null, 5] },
      { group: ["c"], numbers: [3, 6] },
    ]);
  });

  it("are ordered by the first number, missing ones last, as many as asked for", () => {
    const groups = (limit?: { count?: number; order?: "asc" | "desc" }) =>
      topRows(table, limit).map(({ group }) => group[0]);
    expect(groups()).to.deep.equal(["c", "a", "b"]);
    expect(groups({ count: 1, order: "desc" })).to.deep.equal(["c"]);
    expect(groups({ count: 3, order: "asc" })).to.deep.equal(["a", "c", "b"]);
  });

  it("are missing where nothing was found", () => {
    expect(tableOf({ data: { attributes: { columns: [] } } }, []).rows).to.deep.equal([]);
  });
});
