import { expect } from "chai";
import { indexed, searchesOf } from "../../../../sandbox/datadog/logs/log-indexes.ts";
import type { LogExclusion, LogIndex } from "../../../../sandbox/datadog/log-storage.ts";
import { type StandIn, standIn } from "../stand-in.ts";

const exclusion = (query: string, sample_rate = 1, is_enabled = true): LogExclusion => ({
  name: query,
  is_enabled,
  filter: { query, sample_rate },
});
const index = (query: string, ...exclusion_filters: LogExclusion[]): LogIndex => ({
  name: "own",
  filter: { query },
  exclusion_filters,
  num_retention_days: 15,
  daily_limit: null,
  is_rate_limited: false,
  tags: [],
});

describe("whether a log is indexed", () => {
  const two = [index("a", exclusion("b"), exclusion("c", 0)), index("d", exclusion("e"))];

  it("is judged by the filters of all indexes, each followed by its exclusions", () => {
    expect(searchesOf(two)).to.deep.equal(["a", "b", "c", "d", "e"]);
  });

  const cases: readonly (readonly [matches: string, isIndexed: boolean, why: string])[] = [
    ["", true, "no index takes it"],
    ["a", true, "no exclusion matches"],
    ["ab", false, "an exclusion matches"],
    ["b", true, "the exclusion is that of an index that does not take it"],
    ["ac", true, "the exclusion leaves out none"],
    ["abc", false, "the first exclusion decides"],
    ["ade", true, "the first index decides"],
    ["de", false, "the second index takes it"],
  ];
  for (const [matches, isIndexed, why] of cases) {
    it(`is ${String(isIndexed)} where ${why}`, () => {
      const found = ["a", "b", "c", "d", "e"].map((one) => matches.includes(one));

      expect(indexed(two, "id", found)).to.equal(isIndexed);
    });
  }

  it("is true where the exclusion is not active", () => {
    expect(indexed([index("a", exclusion("b", 1, false))], "id", [true, true])).to.equal(true);
  });

  it("is false for the share of the sample, for a log always the same", () => {
    const half = [index("a", exclusion("b", 0.5))];
    const kept = () =>
      Array.from({ length: 1000 }, (_, id) => indexed(half, `${id}`, [true, true]));

    expect(kept().filter(Boolean).length).to.be.within(450, 550);
    expect(kept()).to.deep.equal(kept());
  });
});

describe("logs that an exclusion filter leaves out", () => {
  let on: StandIn;

  beforeEach(async () => {
    on = standIn();
    await on.send("POST /api/v2/logs/config/metrics", {
      data: {
        type: "logs_metrics",
        id: "lines",
        attributes: { compute: { aggregation_type: "count" }, filter: { query: "*" } },
      },
    });
  });

  afterEach(async () => {
    await on.app.close();
    await on.service.close();
  });

  const declare = () =>
    on.send("POST /api/v1/logs/config/indexes", {
      name: "own",
      filter: { query: "service:shop" },
      exclusion_filters: [exclusion("-status:error")],
    });

  async function send(...logs: object[]) {
    await on.send("POST /api/v2/logs", logs);
    await on.service.ingestion.idle();
  }

  /** Messages that a search finds, oldest first. */
  async function found(query: string): Promise<string[]> {
    const filter = { query, from: "now-1h", to: "now+1h" };
    const { body } = await on.send("POST /api/v2/logs/events/search", {
      filter,
      sort: "timestamp",
    });
    const { data } = body as { data: { attributes: { message: string } }[] };
    return data.map(({ attributes }) => attributes.message);
  }

  async function counted(): Promise<number> {
    const now = Date.parse("2027-01-05T10:00:00.000Z") / 1000;
    const query = encodeURIComponent("sum:lines{*}.as_count()");
    const path = `GET /api/v1/query?from=${now - 600}&to=${now + 600}&query=${query}`;
    const { body } = await on.send(path);
    const { series } = body as { series: { pointlist: [number, number | null][] }[] };
    return series.flatMap(({ pointlist }) => pointlist).reduce((sum, [, n]) => sum + (n ?? 0), 0);
  }

  const shop = (message: string, status: string) => ({ message, status, service: "shop" });

  it("are counted, and not found; others' logs and earlier ones are", async () => {
    await send(shop("earlier", "info"));
    await declare();
    await send(shop("routine", "info"), shop("wrong", "error"), { message: "other", service: "x" });

    expect(await found("*")).to.have.members(["earlier", "wrong", "other"]);
    expect(await counted()).to.equal(4);
    expect(on.service.ingestion.figures).to.include({ stored: 4, excluded: 1 });
  });

  it("are found where no index is declared, and again once it is deleted", async () => {
    await send(shop("before", "info"));
    await declare();
    await send(shop("hidden", "info"));
    await on.send("DELETE /api/v1/logs/config/indexes/own");
    await send(shop("after", "info"));

    expect(await found("service:shop")).to.have.members(["before", "after"]);
  });

  it("are not counted by a search's figures", async () => {
    await declare();
    await send(shop("routine", "info"), shop("wrong", "error"));
    const { body } = await on.send("POST /api/v2/logs/analytics/aggregate", {
      filter: { query: "*", from: "now-1h", to: "now+1h" },
      compute: [{ aggregation: "count" }],
    });

    expect(body).to.have.nested.property("data.buckets[0].computes.c0", 1);
  });
});
