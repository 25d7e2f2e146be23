import { expect } from "chai";
import fc from "fast-check";
import { readQuery } from "../../../../sandbox/datadog/validation/monitor-query.ts";

const logs = (last: string, more = "") =>
  `logs("service:orders \\"Payment failed (again)\\"").index("*").rollup("count")${more}.last("${last}") > 0`;

describe("the judgement of a monitor's query", () => {
  const threshold = (comparator: string, number: number, multi = false) => {
    return { kind: "threshold", comparator, threshold: number, multi };
  };
  const understood: [string, string, unknown][] = [
    ["metric alert", "max(last_1m):max:k.replicas{a:b,c:d} < 1", threshold("<", 1)],
    ["query alert", "avg(last_1h):avg:aws.ec2.cpu{env:foo} by {host} > 2", threshold(">", 2, true)],
    [
      "metric alert",
      "sum(last_10m):100 * (sum:a{*}.as_count() / sum:b{*}) >= 0.5",
      threshold(">=", 0.5),
    ],
    ["metric alert", "max(last_5m):default_zero(sum:a.b{*}) <= -3", threshold("<=", -3)],
    ["metric alert", "avg(current_1mo):avg:system.load.5{*} > 0.5", threshold(">", 0.5)],
    ["query alert", "change(avg(last_5m),last_1h):avg:a{*} > 1e3", threshold(">", 1000)],
    ["log alert", logs("15m"), threshold(">", 0)],
    ["log alert", logs("2d"), threshold(">", 0)],
    ["log alert", logs("5m", '.by("source")'), threshold(">", 0, true)],
    ["event-v2 alert", 'events("a:b").rollup("count").last("1h") >= 1', threshold(">=", 1)],
    [
      "process alert",
      "processes('a').over('b').rollup('count').last('10m') < 1",
      threshold("<", 1),
    ],
    [
      "service check",
      '"datadog.agent.up".over("a:b").by("host").last(2).count_by_status()',
      { kind: "check", multi: true },
    ],
    ["service check", '"x".over("*").last(2).count_by_status()', { kind: "check", multi: false }],
    ["composite", "1009 && !(1011 || 12) && 1009", { kind: "composite", ids: [1009, 1011, 12] }],
    [
      "slo alert",
      'burn_rate("a1ba").over("7d").long_window("1h").short_window("5m") > 16.8',
      { kind: "slo", comparator: ">", threshold: 16.8, sloId: "a1ba" },
    ],
    [
      "slo alert",
      'error_budget("a1ba").over("7d") > 75',
      { kind: "slo", comparator: ">", threshold: 75, sloId: "a1ba" },
    ],
  ];
  for (const [type, query, reading] of understood) {
    it(`understands the ${type} ${query}`, () => {
      expect(readQuery(type, query)).to.deep.equal(reading);
    });
  }

  const refused: [string, string, string][] = [
    ["log alert", "query", "invalid operator specified: "],
    ["metric alert", "max(last_5m):max:a{*}", "invalid operator specified: "],
    ["metric alert", "max(last_5m):max:a{*} < x", "invalid operator specified: "],
    [
      "metric alert",
      "max:a{*} < 1",
      'it must start with a time aggregation such as "avg(last_5m):"',
    ],
    [
      "metric alert",
      "median(last_5m):max:a{*} < 1",
      'it must start with a time aggregation such as "avg(last_5m):"',
    ],
    [
      "metric alert",
      "max(5m):max:a{*} < 1",
      '"5m" is no evaluation window such as last_5m or last_1h',
    ],
    ["metric alert", "max(last_5m):max:a{* < 1", 'missing "}"'],
    ["metric alert", "max(last_5m):(max:a{*}} < 1", 'unbalanced "}"'],
    ["metric alert", "max(last_5m):max:a < 1", "no metric with a scope such as x{*}"],
    ["log alert", 'logs("a").index("*").last("5m") > 1', ".rollup(…) is missing"],
    ["log alert", 'logs("a").index("*").rollup("count") > 1', ".last(…) is missing"],
    [
      "log alert",
      'logs("a").rollup("count").last("5x") > 1',
      '.last("5x") is no window such as .last("5m")',
    ],
    ["log alert", logs("49h"), '.last("49h") is longer than the two days of a log monitor'],
    [
      "log alert",
      'logs("a).rollup("count").last("5m") > 1',
      "the brackets or quotes of logs(…) do not close",
    ],
    [
      "log alert",
      'events("a").rollup("count").last("5m") > 1',
      "a log alert must start with logs(…)",
    ],
    [
      "slo alert",
      'burn("a").over("7d") > 1',
      "a slo alert must start with error_budget(…) or burn_rate(…)",
    ],
    [
      "service check",
      '"x".over("*").last(2)',
      'it must read "check".over(…).last(n).count_by_status()',
    ],
    ["service check", '"x".over("*)', "the brackets or quotes of over(…) do not close"],
    ["composite", "", "a composite joins monitor ids by &&, || and !"],
    ["composite", "1 2", "a composite joins monitor ids by &&, || and !"],
    ["composite", "1 && (2", "a composite joins monitor ids by &&, || and !"],
    ["composite", "1 && x", 'unexpected "x": a composite joins monitor ids by &&, || and !'],
    ["composite", "1 & 2", 'unexpected "&": a composite joins monitor ids by &&, || and !'],
  ];
  for (const [type, query, why] of refused) {
    it(`refuses the ${type} ${JSON.stringify(query)}`, () => {
      expect(readQuery(type, query)).to.deep.equal({ kind: "invalid", why });
    });
  }

  it("leaves unjudged what no grammar is documented for", () => {
    const formula = 'formula("query1 / query2").last("5m") > 1';

    expect(readQuery("log alert", formula).kind).to.equal("unjudged");
    expect(readQuery("cost alert", "anything").kind).to.equal("unjudged");
  });

  it("reads the threshold of any number and any comparison", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom("<", "<=", ">", ">=", "==", "!="),
        fc.constantFrom("", " ", "  "),
        (number, comparator, space) => {
          const query = `avg(last_5m):avg:a.b{*}${space}${comparator}${space}${number}`;

          const reading = readQuery("metric alert", query);

          expect(reading).to.deep.equal({
            kind: "threshold",
            comparator,
            threshold: Number(String(number)),
            multi: false,
          });
        },
      ),
    );
  });

  it("understands any nesting of a composite, and refuses it with one bracket more", () => {
    const expression = fc.letrec<{ whole: string }>((tie) => ({
      whole: fc.oneof(
        { depthSize: "small" },
        fc.nat().map(String),
        tie("whole").map((inner) => `!${inner}`),
        tie("whole").map((inner) => `(${inner})`),
        fc.tuple(tie("whole"), tie("whole")).map(([a, b]) => `${a} && ${b}`),
        fc.tuple(tie("whole"), tie("whole")).map(([a, b]) => `${a}||${b}`),
      ),
    })).whole;
    fc.assert(
      fc.property(expression, (query) => {
        expect(readQuery("composite", query).kind).to.equal("composite");
        expect(readQuery("composite", `${query})`).kind).to.equal("invalid");
      }),
    );
  });

  for (const search of ["service:(a OR", "service:[a", '\\"a', "a AND", "@a:", "(a", "[1 TO 2}"]) {
    it(`refuses the log search ${search}`, () => {
      const query = `logs("${search}").index("*").rollup("count").last("5m") > 1`;

      expect(readQuery("log alert", query).kind).to.equal("invalid");
    });
  }

  it("takes 100 brackets within each other in a metric query, and refuses one more", () => {
    const nested = (count: number) =>
      readQuery(
        "metric alert",
        `avg(last_5m):${"(".repeat(count)}avg:a{*}${")".repeat(count)} > 1`,
      );

    expect(nested(99).kind).to.equal("threshold");
    expect(nested(5000)).to.deep.equal({
      kind: "invalid",
      why: "more than 100 brackets within each other",
    });
  });

  it("takes composites of 200 parts, and refuses longer ones at once", () => {
    expect(readQuery("composite", `${"!".repeat(199)}1`).kind).to.equal("composite");
    expect(readQuery("composite", `${"!".repeat(20_000)}1`)).to.deep.equal({
      kind: "invalid",
      why: "a composite of 20001 parts: at most 200 are allowed",
    });
    expect(readQuery("composite", `${"(".repeat(5000)}1${")".repeat(5000)}`).kind).to.equal(
      "invalid",
    );
  });
});
