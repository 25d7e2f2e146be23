import { expect } from "chai";
import type { StandIn } from "../stand-in.ts";
import { errorsOf } from "../stand-in.ts";
import { now, points, withData } from "./stored.ts";

interface Shown {
  readonly scope: string;
  readonly tag_set: string[];
  readonly pointlist: [number, number][];
  readonly interval: number;
  readonly query_index: number;
  readonly expression: string;
}

const to = now / 1000;

async function ask(on: StandIn, query: string, minutes = 5): Promise<Shown[]> {
  const from = to - minutes * 60;
  const reply = await on.send(
    `GET /api/v1/query?from=${from}&to=${to}&query=${encodeURIComponent(query)}`,
  );
  expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
  return (reply.body as { series: Shown[] }).series;
}

/** Values by the seconds before now at which their interval begins. */
async function values(on: StandIn, query: string, minutes?: number) {
  const series = await ask(on, query, minutes);
  return Object.fromEntries(
    series.map(({ scope, pointlist }) => [
      scope,
      Object.fromEntries(pointlist.map(([at, value]) => [(now - at) / 1000, value])),
    ]),
  );
}

const pods = (metric: string) =>
  withData({
    points: [
      ...points(metric, "gauge", { 0: 1, 10: 3, 30: 5 }, ["pod:a", "env:x"]),
      ...points(metric, "gauge", { 0: 10, 30: 20 }, ["pod:b", "env:x"]),
    ],
  });

describe("GET /api/v1/query", () => {
  it("answers with the intervals of a metric, by the space aggregation", async () => {
    const on = pods("m");

    expect(await values(on, "sum:m{*}")).to.deep.equal({ "*": { 20: 12, 40: 25 } });
    expect(await values(on, "max:m{env:x}")).to.deep.equal({ "env:x": { 20: 10, 40: 20 } });
    expect(await values(on, "m{pod:a}")).to.deep.equal({ "pod:a": { 20: 2, 40: 5 } });
    expect(await values(on, "sum:m{env:y}")).to.deep.equal({});
  });

  it("has one curve for each group, with its tags", async () => {
    const [a, b] = await ask(pods("m"), "avg:m{*} by {pod}");

    expect(a).to.include({ scope: "pod:a", interval: 20, expression: "avg:m{pod:a}" });
    expect(a?.tag_set).to.deep.equal(["pod:a"]);
    expect(a?.pointlist).to.deep.equal([
      [now - 40_000, 5],
      [now - 20_000, 2],
    ]);
    expect(b?.tag_set).to.deep.equal(["pod:b"]);
  });

  it("answers several queries with commas between them", async () => {
    const found = await ask(pods("m"), "avg:m{pod:a},max:m{pod:b}");

    expect(found.map((one) => one.query_index)).to.deep.equal([0, 1]);
  });

  it("rolls up as asked: method, length, or both", async () => {
    const on = pods("m");

    expect(await values(on, "avg:m{pod:a}.rollup(sum, 60)")).to.deep.equal({ "pod:a": { 60: 9 } });
    expect(await values(on, "avg:m{pod:a}.rollup(60)")).to.deep.equal({ "pod:a": { 60: 3 } });
    expect(await values(on, "avg:m{pod:a}.rollup(max)")).to.deep.equal({
      "pod:a": { 20: 3, 40: 5 },
    });
    expect(await values(on, "avg:m{pod:a}.rollup(count, 60)")).to.deep.equal({
      "pod:a": { 60: 3 },
    });
  });

  it("answers counts as counts and as rates of a second", async () => {
    const on = withData({ points: points("c", "count", { 0: 4, 10: 6 }) });

    expect(await values(on, "sum:c{*}.as_count()")).to.deep.equal({ "*": { 20: 10 } });
    expect(await values(on, "sum:c{*}.as_rate()")).to.deep.equal({ "*": { 20: 0.5 } });
    expect(await values(on, "sum:c{*}.as_rate().rollup(sum, 100)")).to.deep.equal({
      "*": { 100: 0.1 },
    });
  });

  it("fills what is empty as asked", async () => {
    const on = withData({ points: points("g", "gauge", { 0: 4, 80: 8 }) });
    const filled = async (call: string) => (await values(on, `avg:g{*}${call}`, 2))["*"];

    expect(await filled("")).to.deep.equal({ 100: 8, 20: 4 });
    expect(await filled(".fill(null)")).to.deep.equal({ 100: 8, 20: 4 });
    expect(await filled(".fill(zero)")).to.deep.equal({
      120: 0,
      100: 8,
      80: 0,
      60: 0,
      40: 0,
      20: 4,
    });
    expect(await filled(".fill(linear)")).to.deep.equal({ 100: 8, 80: 7, 60: 6, 40: 5, 20: 4 });
    expect(await filled(".fill(linear, 79)")).to.deep.equal({ 100: 8, 20: 4 });
    expect(await filled(".fill(last, 40)")).to.deep.equal({ 100: 8, 80: 8, 60: 8, 20: 4 });
  });

  it("knows percentiles of distributions alone", async () => {
    const samples = [5, 1, 9, 7].flatMap((value, index) =>
      points("d", "distribution", { [index]: value }),
    );
    const on = withData({ points: [...samples, ...points("g", "gauge", { 0: 1 })] });

    expect(await values(on, "p50:d{*}")).to.deep.equal({ "*": { 20: 5 } });
    expect(await values(on, "p95:d{*}")).to.deep.equal({ "*": { 20: 9 } });
    expect(await values(on, "count:d{*}")).to.deep.equal({ "*": { 20: 4 } });
    expect(await refusal(on, "p95:g{*}")).to.equal(
      "Error parsing query: p95: is of distributions, and g is a gauge",
    );
  });

  it("calculates with numbers, and with a part that is not grouped", async () => {
    const on = pods("m");

    expect(await values(on, "100 * sum:m{*} by {pod} / sum:m{*}")).to.deep.equal({
      "pod:a": { 20: 200 / 12, 40: 20 },
      "pod:b": { 20: 1000 / 12, 40: 80 },
    });
  });

  const functions: [query: string, expected: Record<string, Record<number, number>>][] = [
    ["abs(0 - avg:m{pod:a})", { "pod:a": { 20: 2, 40: 5 } }],
    ["floor(avg:m{pod:a} / 2)", { "pod:a": { 20: 1, 40: 2 } }],
    ["ceil(avg:m{pod:a} / 2)", { "pod:a": { 20: 1, 40: 3 } }],
    ["log2(avg:m{pod:b} / 10)", { "pod:b": { 20: 0, 40: 1 } }],
    ["log10(avg:m{pod:b} / 2)", { "pod:b": { 20: Math.log10(5), 40: 1 } }],
    ["cumsum(avg:m{pod:a})", { "pod:a": { 20: 7, 40: 5 } }],
    ["diff(avg:m{pod:a})", { "pod:a": { 20: -3 } }],
    ["per_second(avg:m{pod:a})", { "pod:a": { 20: -0.15 } }],
    ["per_minute(avg:m{pod:a})", { "pod:a": { 20: -9 } }],
    ["per_hour(avg:m{pod:a})", { "pod:a": { 20: -540 } }],
    ["clamp_min(avg:m{pod:a}, 3)", { "pod:a": { 20: 3, 40: 5 } }],
    ["clamp_max(avg:m{pod:a}, 3)", { "pod:a": { 20: 2, 40: 3 } }],
    ["cutoff_min(avg:m{pod:a}, 3)", { "pod:a": { 40: 5 } }],
    ["cutoff_max(avg:m{pod:a}, 3)", { "pod:a": { 20: 2 } }],
    ["moving_rollup(avg:m{pod:a}, 40, 'sum')", { "pod:a": { 20: 7, 40: 5 } }],
    ["moving_rollup(avg:m{pod:a}, 40, 'avg')", { "pod:a": { 20: 3.5, 40: 5 } }],
    ["moving_rollup(avg:m{pod:a}, 40, 'max')", { "pod:a": { 20: 5, 40: 5 } }],
    ["moving_rollup(avg:m{pod:a}, 20, 'min')", { "pod:a": { 20: 2, 40: 5 } }],
    ["moving_rollup(avg:m{pod:a}, 3600, 'count')", { "pod:a": { 20: 2, 40: 1 } }],
    ["top(avg:m{*} by {pod}, 1, 'mean', 'desc')", { "pod:b": { 20: 10, 40: 20 } }],
    ["top(avg:m{*} by {pod}, 1, 'last', 'asc')", { "pod:a": { 20: 2, 40: 5 } }],
    [
      "top(avg:m{*} by {pod}, 9, 'sum', 'asc')",
      { "pod:a": { 20: 2, 40: 5 }, "pod:b": { 20: 10, 40: 20 } },
    ],
  ];
  for (const [query, expected] of functions) {
    it(`computes ${query}`, async () => {
      expect(await values(pods("m"), query)).to.deep.equal(expected);
    });
  }

  it("looks at what lies before the window for a moving roll-up", async () => {
    const on = withData({ points: points("g", "gauge", { 0: 1, 280: 3, 310: 5, 400: 100 }) });

    expect(await values(on, "moving_rollup(avg:g{*}, 60, 'sum')")).to.deep.equal({
      "*": { 20: 1, 300: 8 },
    });
  });

  it("makes at most 1,500 points of a curve", async () => {
    const on = withData({ points: points("g", "gauge", { 0: 4 }) });
    const [curve] = await ask(on, "avg:g{*}", 60 * 24 * 90);

    expect(curve?.interval).to.equal(5184);
  });

  it("refuses a window of more intervals than memory holds", async () => {
    const on = withData({ points: points("g", "gauge", { 0: 4 }) });
    const ask = (seconds: number) =>
      on.send(
        `GET /api/v1/query?from=${to - seconds}&to=${to}&query=default_zero(avg:g{*}.rollup(avg,1))`,
      );

    expect((await ask(100_000)).status).to.equal(200);
    expect(errorsOf(await ask(100_001))).to.deep.equal([
      "Error parsing query: a window of more than 100000 intervals: write a longer .rollup()",
    ]);
  });

  const refused: [query: string, why: string][] = [
    ["avg:m{*} +", '"" is no metric query that is understood here'],
    [
      "moving_rollup(avg:m{*}, 40, 'median')",
      "moving_rollup() takes seconds and one of avg, min, max, sum, count",
    ],
    ["anomalies(avg:m{*}, 'basic', 2)", "the function anomalies() is not understood here"],
    ["avg:m{*}.weighted()", "the modifier .weighted() is not understood here"],
    ["avg:m{*}.fill(median)", ".fill(median) is not understood here: null, zero, last or linear"],
    ["avg:m{*}.rollup(median, 60)", ".rollup(median, 60) is not understood here"],
    ["avg:m{*}.rollup(avg, 0)", ".rollup(avg, 0) is not understood here"],
    ["abs(avg:m{*}, 2)", "abs() takes 0 values beside its query, got 1"],
    ["clamp_min(avg:m{*})", "clamp_min() takes 1 values beside its query, got 0"],
    ["avg:m{*}.rollup(60) / avg:m{*}", "the parts of a query have roll-ups of several lengths"],
    ["", '"" is no metric query that is understood here'],
  ];
  for (const [query, why] of refused) {
    it(`refuses ${JSON.stringify(query)} with what it is`, async () => {
      expect(await refusal(pods("m"), query)).to.equal(`Error parsing query: ${why}`);
    });
  }

  for (const [odd, why] of [
    [`from=${to}&to=${to}`, `from (${now}) must be before to (${now})`],
    ["from=a&to=5", 'from "a" must be a time in whole seconds'],
    ["to=5", 'from "" must be a time in whole seconds'],
    [`from=1&to=${to}`, "from and to are more than a year apart"],
  ]) {
    it(`refuses the times ${odd}`, async () => {
      const reply = await withData({}).send(`GET /api/v1/query?${odd}&query=avg:m{*}`);

      expect(reply.status).to.equal(400);
      expect(errorsOf(reply)).to.deep.equal([why]);
    });
  }
});

async function refusal(on: StandIn, query: string): Promise<string> {
  const reply = await on.send(
    `GET /api/v1/query?from=${to - 300}&to=${to}&query=${encodeURIComponent(query)}`,
  );
  expect(reply.status).to.equal(400);
  return errorsOf(reply).join();
}
