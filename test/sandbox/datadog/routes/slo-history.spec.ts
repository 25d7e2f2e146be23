import { expect } from "chai";
import { idOf, metricMonitor, type StandIn } from "../stand-in.ts";
import type { Downtime } from "../../../../sandbox/datadog/evaluation/values/burn-rate.ts";
import { minute, now, points, withData } from "../query/stored.ts";

const to = now / 1000;

async function metricSlo(on: StandIn, target = 90): Promise<string> {
  const reply = await on.send("POST /api/v1/slo", {
    name: "Orders that are placed",
    type: "metric",
    tags: ["team:sock-shop"],
    query: { numerator: "sum:good{*}.as_count()", denominator: "sum:all{*}.as_count()" },
    thresholds: [{ timeframe: "7d", target, warning: 99 }],
  });
  return idOf(reply);
}

async function monitorSlo(on: StandIn, downtimes: readonly Downtime[]): Promise<string> {
  const monitor = Number(idOf(await on.send("POST /api/v1/monitor", metricMonitor())));
  const reply = await on.send("POST /api/v1/slo", {
    name: "payment has a replica",
    type: "monitor",
    monitor_ids: [monitor],
    thresholds: [{ timeframe: "30d", target: 90 }],
  });
  const known = { of: "", since: 0, evaluated: 0, groups: {}, downtimes };
  await on.change((state) => ({
    ...state,
    evaluation: { ...state.evaluation, monitors: { [monitor]: known } },
  }));
  return idOf(reply);
}

interface History {
  readonly overall: Record<string, unknown>;
  readonly series?: {
    readonly times: number[];
    readonly numerator: { readonly values: number[]; readonly sum: number };
    readonly denominator: { readonly values: number[]; readonly sum: number };
  };
}

async function history(on: StandIn, id: string, minutes = 60, more = ""): Promise<History> {
  const reply = await on.send(
    `GET /api/v1/slo/${id}/history?from_ts=${to - minutes * 60}&to_ts=${to}${more}`,
  );
  expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
  return (reply.body as { data: History }).data;
}

const counted = () =>
  withData({
    points: [
      ...points("good", "count", { 0: 40, 1200: 55 }),
      ...points("all", "count", { 0: 42, 1200: 58, 7200: 1000 }),
    ],
  });

describe("GET /api/v1/slo/{id}/history", () => {
  it("has status, budget and course of a metric SLO over the window asked for", async () => {
    const on = counted();
    const { overall, series } = await history(on, await metricSlo(on));

    expect(overall).to.deep.include({ sli_value: 95, uptime: 95, state: "warning" });
    expect((overall["error_budget_remaining"] as Record<string, number>)["7d"]).to.be.closeTo(
      50,
      1e-9,
    );
    expect(series?.numerator.sum).to.equal(95);
    expect(series?.denominator.sum).to.equal(100);
    expect(series?.times).to.have.length(12);
    expect(series?.times[0]).to.equal(now - 60 * minute);
    expect(series?.numerator.values.at(-1)).to.equal(40);
  });

  for (const [target, state, budget] of [
    [95, "warning", 0],
    [95.01, "breached", undefined],
    [94, "warning", undefined],
  ] as const) {
    it(`is ${state} at a target of ${target} %`, async () => {
      const on = counted();
      const { overall } = await history(on, await metricSlo(on, target));

      expect(overall["state"]).to.equal(state);
      const left = (overall["error_budget_remaining"] as Record<string, number>)["7d"];
      if (budget !== undefined) expect(left).to.be.closeTo(budget, 1e-9);
    });
  }

  it("counts against a target of the request, too", async () => {
    const on = counted();
    const { overall } = await history(on, await metricSlo(on), 60, "&target=80");

    expect((overall["error_budget_remaining"] as Record<string, number>)["custom"]).to.be.closeTo(
      75,
      1e-9,
    );
  });

  it("says that nothing was counted, in Datadog's words", async () => {
    const on = withData({});
    const { overall } = await history(on, await metricSlo(on));

    expect(overall).to.deep.include({
      state: "no_data",
      sli_value: null,
      errors: [
        {
          error_type: "ZERO_VALUED_DENOMINATOR",
          error_message: "The denominator is zero valued",
        },
      ],
    });
  });

  it("has uptime and turns of an SLO of monitors; an open downtime lasts till now", async () => {
    const on = withData({});
    const id = await monitorSlo(on, [
      { from: now - 90 * minute, to: now - 54 * minute },
      { from: now - 3 * minute },
    ]);
    const { overall, series } = await history(on, id, 100);

    expect(overall["sli_value"]).to.be.closeTo(61, 1e-9);
    expect(overall).to.deep.include({ state: "breached", monitor_type: "metric alert" });
    expect(overall["history"]).to.deep.equal([
      [to - 6000, 0],
      [to - 5400, 1],
      [to - 3240, 0],
      [to - 180, 1],
    ]);
    expect(series).to.equal(undefined);
  });

  it("counts nothing that is still to come", async () => {
    const on = withData({});
    const id = await monitorSlo(on, [{ from: now - 30 * minute }]);
    const reply = await on.send(
      `GET /api/v1/slo/${id}/history?from_ts=${to - 3600}&to_ts=${to + 3600}`,
    );

    expect((reply.body as { data: History }).data.overall["sli_value"]).to.equal(50);
  });

  it("refuses an SLO that is not there, times in the wrong order, and no target at all", async () => {
    const on = counted();
    const id = await metricSlo(on);

    expect(await on.send("GET /api/v1/slo/id/history?from_ts=123&to_ts=12")).to.deep.equal({
      status: 404,
      body: { errors: ["SLO ID: id not found"] },
    });
    expect(await on.send(`GET /api/v1/slo/${id}/history?from_ts=123&to_ts=12`)).to.deep.equal({
      status: 400,
      body: { errors: ["The timeframe is incorrect: invalid from 123 or to 12 timestamp"] },
    });
    const odd = await on.send(`GET /api/v1/slo/${id}/history?from_ts=1&to_ts=2&target=100`);
    expect(odd.body).to.deep.equal({ errors: ['target "100" must be between 0 and 100'] });
  });
});

interface Found {
  readonly data: {
    readonly attributes: {
      readonly slos: {
        readonly data: {
          readonly attributes: { name: string; overall_status: Record<string, unknown>[] };
        };
      }[];
    };
  };
  readonly meta: { readonly pagination: Record<string, unknown> };
}

async function search(on: StandIn, query: string): Promise<Found> {
  const reply = await on.send(`GET /api/v1/slo/search?query=${encodeURIComponent(query)}`);
  expect(reply.status).to.equal(200);
  return reply.body as Found;
}

describe("GET /api/v1/slo/search", () => {
  const searches: [query: string, names: string[]][] = [
    ["", ["Orders that are placed", "payment has a replica"]],
    ["PLACED", ["Orders that are placed"]],
    ["team:sock-shop", ["Orders that are placed"]],
    ["type:monitor", ["payment has a replica"]],
    ['"has a replica"', ["payment has a replica"]],
    ["placed type:monitor", []],
  ];
  for (const [query, names] of searches) {
    it(`finds by ${JSON.stringify(query)}`, async () => {
      const on = counted();
      await metricSlo(on);
      await monitorSlo(on, []);
      const { data, meta } = await search(on, query);

      expect(data.attributes.slos.map((one) => one.data.attributes.name)).to.deep.equal(names);
      expect(meta.pagination).to.include({ total: names.length, number: 0, size: 10 });
    });
  }

  it("shows status and budget of the whole time frame, as the history does", async () => {
    const on = counted();
    const id = await metricSlo(on);
    const { data } = await search(on, "placed");
    const [status] = data.attributes.slos[0]?.data.attributes.overall_status ?? [];
    const { overall } = await history(on, id, 7 * 24 * 60);

    expect(status).to.include({ timeframe: "7d", target: 90, state: "breached" });
    expect(status?.["status"]).to.equal(overall["sli_value"]);
    expect(status?.["error_budget_remaining"]).to.equal(
      (overall["error_budget_remaining"] as Record<string, number>)["7d"],
    );
    expect(status?.["raw_error_budget_remaining"]).to.deep.equal({
      unit: "events",
      value: 110 - 1005,
    });
  });
});
