import { expect } from "chai";
import { planOf } from "../../../../../sandbox/datadog/evaluation/query/plan-of-query.ts";

const logs = (rollup: string, more = "") =>
  `logs("service:orders \\"Payment failed\\"").index("*").rollup(${rollup})${more}.last("15m") > 2`;

describe("what a monitor's query asks for", () => {
  it("is read of a metric query with scope, groups and wildcards", () => {
    const query = "max(last_5m):default_zero(sum:k8s.a{kube_job:load*,!env:x} by {host, env}) < 1";

    expect(planOf("query alert", query)).to.deep.equal({
      kind: "metric",
      aggregation: "max",
      minutes: 5,
      expression: {
        kind: "defaultZero",
        of: {
          kind: "series",
          query: {
            aggregation: "sum",
            metric: "k8s.a",
            scope: [
              { pattern: "kube_job:load*", negated: false },
              { pattern: "env:x", negated: true },
            ],
            by: ["host", "env"],
            asCount: false,
          },
        },
      },
      by: ["host", "env"],
      counts: false,
      comparator: "<",
      threshold: 1,
    });
  });

  it("is read of a ratio with the usual precedence", () => {
    const plan = planOf(
      "metric alert",
      "sum(last_10m):100 * sum:f{*}.as_count() / (sum:f{*}.as_count() + sum:p{*}.as_count()) > 20",
    );

    expect(plan).to.include({ kind: "metric", counts: true, minutes: 10 });
    expect(plan).to.have.nested.property("expression.operator", "/");
    expect(plan).to.have.nested.property("expression.left.operator", "*");
    expect(plan).to.have.nested.property("expression.right.operator", "+");
  });

  it("is read of a log query, its quotes without their backslashes", () => {
    expect(planOf("log alert", logs('"cardinality", "@order.id"', '.by("service")'))).to.deep.equal(
      {
        kind: "log",
        search: 'service:orders "Payment failed"',
        measure: { kind: "cardinality", path: "@order.id" },
        minutes: 15,
        by: ["service"],
        comparator: ">",
        threshold: 2,
      },
    );
    expect(planOf("log alert", logs('"count"'))).to.deep.include({ measure: { kind: "count" } });
    expect(planOf("log alert", logs('"pc95","@duration"'))).to.deep.include({
      measure: { kind: "measure", aggregation: "percentile", percent: 95, path: "@duration" },
    });
  });

  it("is read of a service check, a burn rate and a composite", () => {
    const check = '"datadog.agent.up".over("kube_cluster_name:C","*").by("host").last(3)';
    const burn = 'burn_rate("abc").over("7d").long_window("1h").short_window("5m") > 16.8';

    expect(planOf("service check", `${check}.count_by_status()`)).to.deep.equal({
      kind: "check",
      check: "datadog.agent.up",
      over: ["kube_cluster_name:c"],
      by: ["host"],
      last: 3,
    });
    expect(planOf("slo alert", burn)).to.deep.equal({
      kind: "slo",
      slo: "abc",
      timeframe: "7d",
      longMinutes: 60,
      shortMinutes: 5,
      comparator: ">",
      threshold: 16.8,
    });
    expect(planOf("composite", "1 || !2 && 3").kind).to.equal("composite");
  });

  const notEvaluated: [string, string, string][] = [
    ["cost alert", "anything", 'queries of type "cost alert" are taken as they are'],
    ["metric alert", "max(last_5m):max:a < 1", "no metric with a scope such as x{*}"],
    [
      "metric alert",
      "pct_change(avg(last_5m),last_1h):avg:a{*} > 1",
      "only avg, sum, min and max over last_… are understood",
    ],
    [
      "metric alert",
      "avg(current_1h):avg:a{*} > 1",
      "only avg, sum, min and max over last_… are understood",
    ],
    [
      "metric alert",
      "avg(last_5m):anomalies(avg:a{*}) > 1",
      "the function anomalies() is not understood here",
    ],
    [
      "metric alert",
      "avg(last_5m):avg:a{*}.weighted() > 1",
      "the modifier .weighted() is not understood here",
    ],
    [
      "metric alert",
      "avg(last_5m):avg:a{x:y AND z:q} > 1",
      "the scope {x:y AND z:q} is more than tags joined by commas",
    ],
    [
      "metric alert",
      "avg(last_5m):avg:a{*} by {x} / avg:b{*} > 1",
      "the parts of the query are grouped differently",
    ],
    [
      "metric alert",
      "avg(last_5m):avg:a{*}.as_count() > 1",
      ".as_count() goes with sum(), not with avg()",
    ],
    [
      "event-v2 alert",
      'events("a").rollup("count").last("5m") > 1',
      'monitors of type "event-v2 alert" are not understood',
    ],
    ["log alert", logs('"latest","@x"'), "this rollup of logs is not understood"],
    [
      "log alert",
      'logs("a").index("other").rollup("count").last("5m") > 1',
      "the index other is not known here",
    ],
    [
      "service check",
      '"x".over("a:*").last(2).count_by_status()',
      "wildcards in .over(…) are not understood",
    ],
    [
      "service check",
      '"x".over("*").exclude("a").last(2).count_by_status()',
      ".exclude(…) of a check query is not understood",
    ],
    ["slo alert", 'error_budget("a").over("7d") > 75', "error_budget alerts are not understood"],
  ];
  for (const [type, query, why] of notEvaluated) {
    it(`is not evaluated for the ${type} ${query}`, () => {
      expect(planOf(type, query)).to.deep.equal({ kind: "not evaluated", why });
    });
  }
});
