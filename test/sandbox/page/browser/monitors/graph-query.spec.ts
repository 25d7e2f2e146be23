import { expect } from "chai";
import { graphOf, membersOf } from "../../../../../sandbox/page/browser/monitors/graph-query.ts";

describe("what a monitor's graph shows", () => {
  it("is the query of a metric monitor, without the time and the comparison", () => {
    const query = "max(last_5m):max:kubernetes_state.x{a:b} by {host} >= 1.5";
    const options = { thresholds: { critical: 1.5, warning: 1, ok: null } };
    expect(graphOf({ type: "metric alert", query, options })).to.deep.equal({
      queries: [
        { name: "q1", data_source: "metrics", query: "max:kubernetes_state.x{a:b} by {host}" },
      ],
      thresholds: [
        { value: 1.5, kind: "error" },
        { value: 1, kind: "warning" },
      ],
    });
  });

  it("keeps arithmetic between metrics", () => {
    const inner = "100 * sum:a{*}.as_count() / (sum:b{*}.as_count() + sum:c{*}.as_count())";
    const graph = graphOf({
      type: "metric alert",
      query: `sum(last_10m):${inner} > 20`,
      options: {},
    });
    expect(graph?.queries[0]?.["query"]).to.equal(inner);
  });

  it("is the search of a log monitor, its measure and groups", () => {
    const query =
      'logs("service:a \\"b c\\"").index("*").rollup("avg", "@duration").by("host,service").last("5m") > 3';
    expect(graphOf({ type: "log alert", query, options: {} })?.queries).to.deep.equal([
      {
        name: "q1",
        data_source: "logs",
        indexes: ["*"],
        search: { query: 'service:a "b c"' },
        compute: { aggregation: "avg", metric: "@duration" },
        group_by: [
          { facet: "host", limit: 10 },
          { facet: "service", limit: 10 },
        ],
      },
    ]);
  });

  it("is missing where no number is watched", () => {
    const cases = [
      ["composite", "1 && 2"],
      ["service check", '"datadog.agent.up".over("*").by("host").last(2).count_by_status()'],
      ["slo alert", 'burn_rate("a").over("7d").long_window("1h").short_window("5m") > 16.8'],
      ["metric alert", "anything"],
      ["log alert", "anything"],
    ] as const;
    for (const [type, query] of cases) {
      expect(graphOf({ type, query, options: {} }), query).to.equal(undefined);
    }
  });

  it("names the members of a composite once each", () => {
    expect(membersOf({ type: "composite", query: "(1 && !22) || 1" })).to.deep.equal([1, 22]);
    expect(membersOf({ type: "metric alert", query: "avg(last_5m):a{*} > 1" })).to.deep.equal([]);
  });
});
