import { expect } from "chai";
import type { Series } from "../../../../../sandbox/datadog/evaluation/values/data.ts";
import { metricValues } from "../../../../../sandbox/datadog/evaluation/values/metric-value.ts";
import { planOf } from "../../../../../sandbox/datadog/evaluation/query/plan-of-query.ts";

const minute = 60_000;
const now = Date.UTC(2027, 0, 5, 10);

/** Points by their minutes before now. */
function series(
  kind: Series["kind"],
  values: Readonly<Record<string, number>>,
  tags: readonly string[] = [],
): Series {
  const points = Object.entries(values).map(([ago, value]) => {
    return { at: now - Number(ago) * minute, value };
  });
  return { kind, tags, points };
}

function values(
  query: string,
  data: Readonly<Record<string, readonly Series[]>>,
  fullWindow = false,
): Record<string, number> {
  const plan = planOf("metric alert", query);
  if (plan.kind !== "metric") throw new Error(JSON.stringify(plan));
  const { aggregation, expression, minutes } = plan;
  const span = { from: now - minutes * minute, to: now };
  const found = metricValues(
    { aggregation, expression, span, fullWindow },
    ({ metric }) => data[metric] ?? [],
  );
  return Object.fromEntries(found);
}

describe("the value of a metric query", () => {
  it("takes points after the start of the window up to its end", () => {
    const a = [series("gauge", { 5: 100, 4.99: 7, 0: 3, "-0.1": 100 })];

    expect(values("max(last_5m):max:a{*} > 1", { a })).to.deep.equal({ "*": 7 });
    expect(values("min(last_5m):max:a{*} > 1", { a })).to.deep.equal({ "*": 3 });
    expect(values("avg(last_5m):max:a{*} > 1", { a })).to.deep.equal({ "*": 5 });
    expect(values("sum(last_5m):max:a{*} > 1", { a })).to.deep.equal({ "*": 10 });
  });

  it("averages a gauge within an interval of 20 seconds and sums a count", () => {
    const points = { 0.3: 2, 0.1: 4 };

    expect(values("max(last_1m):max:a{*} > 1", { a: [series("gauge", points)] })).to.deep.equal({
      "*": 3,
    });
    expect(values("max(last_1m):max:a{*} > 1", { a: [series("count", points)] })).to.deep.equal({
      "*": 6,
    });
  });

  it("aggregates samples of a distribution as they are", () => {
    const a = [series("distribution", { 0.3: 2, 0.2: 9, 0.1: 4 })];

    expect(values("max(last_1m):avg:a{*} > 1", { a })).to.deep.equal({ "*": 5 });
    expect(values("max(last_1m):max:a{*} > 1", { a })).to.deep.equal({ "*": 9 });
    expect(values("max(last_1m):count:a{*} > 1", { a })).to.deep.equal({ "*": 3 });
  });

  it("aggregates over the series that the scope names", () => {
    const a = [
      series("gauge", { 0: 1 }, ["pod:a", "job:load-1"]),
      series("gauge", { 0: 2 }, ["pod:b", "job:LOAD-2"]),
      series("gauge", { 0: 40 }, ["pod:c", "job:other"]),
    ];

    expect(values("max(last_1m):sum:a{job:load-*} > 1", { a })).to.deep.equal({ "*": 3 });
    expect(values("max(last_1m):sum:a{job:load-1} > 1", { a })).to.deep.equal({ "*": 1 });
    expect(values("max(last_1m):sum:a{!job:load*} > 1", { a })).to.deep.equal({ "*": 40 });
    expect(values("max(last_1m):sum:a{*} > 1", { a })).to.deep.equal({ "*": 43 });
    expect(values("max(last_1m):sum:a{job:load*,pod:c} > 1", { a })).to.deep.equal({});
  });

  it("has one value for each group that has points, none for series without the tag", () => {
    const a = [
      series("gauge", { 0: 1 }, ["host:a"]),
      series("gauge", { 0: 2 }, ["host:b"]),
      series("gauge", { 9: 3 }, ["host:c"]),
      series("gauge", { 0: 4 }),
    ];

    expect(values("max(last_5m):max:a{*} by {host} > 1", { a })).to.deep.equal({
      "host:a": 1,
      "host:b": 2,
    });
  });

  const f = "sum:f{*}.as_count()";
  const p = "sum:p{*}.as_count()";

  it("sums counts over the window before it divides them", () => {
    const counts = {
      f: [series("count", { 4: 1, 3: 2, 2: 3, 1: 4, 0: 5 })],
      p: [series("count", { 4: 5, 3: 5, 2: 5, 1: 5, 0: 5 })],
    };

    expect(values(`sum(last_5m):${f} / ${p} > 1`, counts)).to.deep.equal({ "*": 0.6 });
    const rates = values("sum(last_5m):sum:f{*} / sum:p{*} > 1", counts);
    expect(rates["*"]).to.be.closeTo(3, 1e-9);
  });

  it("takes a count without points for 0 where the other has some, but not both", () => {
    const ratio = `sum(last_5m):100 * ${f} / (${f} + ${p}) > 1`;

    expect(values(ratio, { p: [series("count", { 1: 4 })] })).to.deep.equal({ "*": 0 });
    expect(values(ratio, { f: [series("count", { 1: 4 })] })).to.deep.equal({ "*": 100 });
    expect(values(ratio, {})).to.deep.equal({});
    expect(
      values(`sum(last_5m):${f} / ${p} > 1`, { f: [series("count", { 1: 4 })] }),
    ).to.deep.equal({});
  });

  it("skips intervals in which a gauge of the arithmetic has no point", () => {
    const gauges = { a: [series("gauge", { 2: 6, 0: 8 })], b: [series("gauge", { 0: 2 })] };

    expect(values("sum(last_5m):avg:a{*} - avg:b{*} > 1", gauges)).to.deep.equal({ "*": 6 });
  });

  it("fills with zeros by default_zero, but not a window without any point", () => {
    const query = "min(last_5m):default_zero(sum:a{*}) < 1";

    expect(values(query, { a: [series("gauge", { 2: 3 })] })).to.deep.equal({ "*": 0 });
    expect(values(query, { a: [] })).to.deep.equal({});
    expect(values(query, { a: [series("gauge", { 6: 3 })] })).to.deep.equal({});
  });

  it("bridges a gap of five minutes by a line, a longer one by zeros", () => {
    const query = "min(last_10m):default_zero(sum:a{*}) - 0 * sum:b{*} < 1";
    const b = [series("gauge", { 4: 1 })];

    expect(values(query, { a: [series("gauge", { 6: 3, 1: 8 })], b })).to.deep.equal({ "*": 5 });
    expect(values(query, { a: [series("gauge", { 7: 3, 1: 8 })], b })).to.deep.equal({ "*": 0 });
  });

  it("asks for a point in every interval where a full window is required", () => {
    const full = Object.fromEntries([0, 1, 2].map((third) => [third / 3 + 0.01, 1]));
    const query = "avg(last_1m):avg:a{*} > 0";

    expect(values(query, { a: [series("gauge", full)] }, true)).to.deep.equal({ "*": 1 });
    expect(values(query, { a: [series("gauge", { 0.01: 1, 0.4: 1 })] }, true)).to.deep.equal({});
    expect(values(query, { a: [series("gauge", { 0.01: 1, 0.4: 1 })] })).to.deep.equal({ "*": 1 });
  });
});
