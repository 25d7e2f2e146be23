import { expect } from "chai";
import { errorsOf, idOf, metricMonitor, standIn, type StandIn } from "../stand-in.ts";

const query = { numerator: "sum:a{*}.as_count()", denominator: "sum:b{*}.as_count()" };

function slo(differences: Record<string, unknown> = {}): Record<string, unknown> {
  const thresholds = [{ timeframe: "7d", target: 99 }];
  return { name: "orders", type: "metric", query, thresholds, ...differences };
}

async function create(on: StandIn, body = slo()): Promise<string> {
  const reply = await on.send("POST /api/v1/slo", body);
  expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
  return idOf(reply);
}

const burning = '.over("7d").long_window("1h").short_window("5m") > 16.8';

function burnAlert(id: string, burns = burning): Record<string, unknown> {
  const critical = Number(burns.split(" > ")[1]);
  return {
    name: "burns",
    type: "slo alert",
    query: `burn_rate("${id}")${burns}`,
    options: { thresholds: { critical } },
  };
}

const queries = ["good", "bad", "all"].map((name) => ({
  data_source: "metrics",
  name,
  query: `sum:${name[0] ?? ""}{*}.as_count()`,
}));

describe("SLOs", () => {
  for (const [formulas, answered] of [
    [
      {
        good_events_formula: { formula: "all - bad" },
        bad_events_formula: { formula: "bad" },
      },
      {
        numerator: "sum:a{*}.as_count() - sum:b{*}.as_count()",
        denominator: "(sum:a{*}.as_count() - sum:b{*}.as_count()) + (sum:b{*}.as_count())",
      },
    ],
    [
      { good_events_formula: { formula: "good" }, total_events_formula: { formula: "all" } },
      { numerator: "sum:g{*}.as_count()", denominator: "sum:a{*}.as_count()" },
    ],
  ] as const) {
    it(`answer the query of ${Object.keys(formulas).join(" and ")}, too`, async () => {
      const specification = { count: { ...formulas, queries } };
      const body = slo({ query: null, sli_specification: specification });

      const reply = await standIn().send("POST /api/v1/slo", body);

      const [data] = (reply.body as { data: object[] }).data;
      expect(data).to.deep.include({ query: answered, sli_specification: specification });
    });
  }

  it("show the first threshold unless another is named", async () => {
    const { send } = standIn();
    const thresholds = [
      { timeframe: "30d", target: 99.5 },
      { timeframe: "7d", target: 99, warning: 99.9 },
    ];
    const shown = async (more: object) => {
      const { body } = await send("POST /api/v1/slo", slo({ thresholds, ...more }));
      const [data] = (body as { data: Record<string, unknown>[] }).data;
      return [data?.["timeframe"], data?.["target_threshold"], data?.["warning_threshold"]];
    };

    expect(await shown({})).to.deep.equal(["30d", 99.5, undefined]);
    expect(await shown({ timeframe: "7d" })).to.deep.equal(["7d", 99, 99.9]);
  });

  const unfit: [string, Record<string, unknown>, string][] = [
    ["no source", { query: null }, "must specify one of query and sli_specification"],
    [
      "two sources",
      {
        sli_specification: {
          count: {
            good_events_formula: { formula: "q1" },
            total_events_formula: { formula: "q1" },
            queries: [{ data_source: "metrics", name: "q1", query: "sum:a{*}" }],
          },
        },
      },
      "must specify one of query and sli_specification",
    ],
    [
      "a time slice of nothing",
      { type: "time_slice", sli_specification: null },
      "must specify sli_specification",
    ],
    ["no monitors", { type: "monitor" }, "must specify monitor_ids"],
    [
      "unknown monitors",
      { type: "monitor", monitor_ids: [7, 8] },
      "monitor_ids do not exist: 7, 8",
    ],
    ["no thresholds", { thresholds: [] }, "must specify at least one threshold"],
    [
      "a time frame twice",
      {
        thresholds: [
          { timeframe: "7d", target: 99 },
          { timeframe: "7d", target: 98 },
        ],
      },
      "two thresholds for the time frame 7d",
    ],
    [
      "a target of 100",
      { thresholds: [{ timeframe: "7d", target: 100 }] },
      "the 7d target 100 must lie between 0 and 100",
    ],
    [
      "a target of 0",
      { thresholds: [{ timeframe: "7d", target: 0 }] },
      "the 7d target 0 must lie between 0 and 100",
    ],
    [
      "a warning at the target",
      { thresholds: [{ timeframe: "7d", target: 99, warning: 99 }] },
      "the 7d warning 99 must lie between the target 99 and 100",
    ],
    ["a time frame without a threshold", { timeframe: "30d" }, "timeframe 30d has no threshold"],
    [
      "two targets",
      { timeframe: "7d", target_threshold: 98 },
      "target_threshold 98 differs from the 7d target 99",
    ],
    [
      "a warning without one",
      { timeframe: "7d", warning_threshold: 99.5 },
      "warning_threshold 99.5 differs from the 7d warning (none)",
    ],
  ];
  for (const [what, differences, sentence] of unfit) {
    it(`refuse ${what}, when created and when updated`, async () => {
      const on = standIn();
      const id = await create(on);
      const answer = { status: 400, body: { errors: [`Invalid payload: ${sentence}`] } };

      expect(await on.send("POST /api/v1/slo", slo(differences))).to.deep.equal(answer);
      expect(await on.send(`PUT /api/v1/slo/${id}`, slo(differences))).to.deep.equal(answer);
      expect(on.state().slos).to.have.lengthOf(1);
    });
  }

  it("take targets and warnings just inside their bounds", async () => {
    const thresholds = [{ timeframe: "7d", target: 99.98, warning: 99.99 }];

    expect((await standIn().send("POST /api/v1/slo", slo({ thresholds }))).status).to.equal(200);
  });

  it("keep their type and birth over an update", async () => {
    const on = standIn();
    const id = await create(on);
    const monitor = idOf(await on.send("POST /api/v1/monitor", metricMonitor()));
    const other = slo({ type: "monitor", monitor_ids: [Number(monitor)] });
    on.setNow("2027-01-05T10:01:00Z");

    const refused = await on.send(`PUT /api/v1/slo/${id}`, other);
    const { body } = await on.send(`PUT /api/v1/slo/${id}`, slo({ name: "new" }));

    expect(errorsOf(refused)).to.deep.equal(['Invalid payload: type cannot change from "metric"']);
    const [data] = (body as { data: Record<string, number>[] }).data;
    expect(data).to.deep.include({ name: "new", created_at: 1799143200, modified_at: 1799143260 });
  });

  it("are held by the alerts on them, unless deletion is forced", async () => {
    const on = standIn();
    const id = await create(on);
    const alert = idOf(await on.send("POST /api/v1/monitor", burnAlert(id)));
    const reference = `SLO [${id}] is referenced in monitors: [${alert},burns]`;

    expect(await on.send(`GET /api/v1/slo/can_delete?ids=${id}`)).to.deep.equal({
      status: 409,
      body: { data: { ok: [], denied_ids: [id] }, errors: { [id]: reference } },
    });
    expect(await on.send(`DELETE /api/v1/slo/${id}`)).to.deep.equal({
      status: 409,
      body: { data: [], errors: { [id]: reference } },
    });
    const { body } = await on.send(`GET /api/v1/slo/${id}?with_configured_alert_ids=true`);
    expect((body as { data: object }).data).to.deep.include({
      configured_alert_ids: [Number(alert)],
    });
    expect((await on.send(`DELETE /api/v1/slo/${id}?force=true`)).status).to.equal(200);
  });

  it("can be deleted where nothing refers to them", async () => {
    const on = standIn();
    const id = await create(on);

    expect(await on.send(`GET /api/v1/slo/can_delete?ids=${id}`)).to.deep.equal({
      status: 200,
      body: { data: { ok: [id], denied_ids: [] }, errors: null },
    });
  });

  it("lose thresholds in bulk, and go with the last one", async () => {
    const on = standIn();
    const thresholds = [
      { timeframe: "7d", target: 99 },
      { timeframe: "30d", target: 99 },
    ];
    const [a, b] = [await create(on, slo({ thresholds })), await create(on)];

    const { body } = await on.send("POST /api/v1/slo/bulk_delete", {
      [a]: ["7d"],
      [b]: ["7d"],
      gone: ["7d"],
    });

    expect(body).to.deep.equal({
      data: { deleted: [b], updated: [a] },
      errors: [{ id: "gone", message: "SLO not found: gone", timeframe: "all" }],
    });
    expect(on.state().slos.map(({ id }) => id)).to.deep.equal([a]);
  });

  it("refuse a time frame in bulk that does not exist", async () => {
    const reply = await standIn().send("POST /api/v1/slo/bulk_delete", { a: ["7 days"] });

    expect(errorsOf(reply)).to.deep.equal([
      `Invalid payload: 'a[0]' is "7 days" (string): must be one of "7d", "30d", "90d", "custom"`,
    ]);
  });

  it("are listed, all or by id, and 404 when unknown", async () => {
    const on = standIn();
    const [a, b] = [await create(on), await create(on)];
    const list = async (ids: string) => {
      const { body } = await on.send(`GET /api/v1/slo${ids}`);
      return (body as { data: { id: string }[] }).data.map(({ id }) => id);
    };

    expect(await list("")).to.deep.equal([a, b]);
    expect(await list(`?ids=${b},gone`)).to.deep.equal([b]);
    expect(await on.send("GET /api/v1/slo/gone")).to.deep.equal({
      status: 404,
      body: { errors: ["SLO not found: gone not found"] },
    });
  });
});

describe("alerts on the burn rate of an SLO", () => {
  const over = (frame: string, long: string, short: string, rate: number) =>
    `.over("${frame}").long_window("${long}").short_window("${short}") > ${rate}`;
  const cases: readonly (readonly [burns: string, why: string | undefined])[] = [
    [over("7d", "1h", "5m", 100), undefined],
    [
      over("7d", "1h", "5m", 100.1),
      "a burn rate of 100.1 is above the highest of a target of 99 %, 100",
    ],
    [over("30d", "1h", "5m", 16.8), 'the SLO has no target for "30d"'],
    [over("7d", "48h", "5m", 2), undefined],
    [over("7d", "49h", "5m", 2), "the long window of 2940 minutes is not from 1 to 48 hours"],
    [over("7d", "59m", "5m", 2), "the long window of 59 minutes is not from 1 to 48 hours"],
    [over("7d", "1h", "59m", 2), undefined],
    [over("7d", "1h", "60m", 2), "the short window of 60 minutes is not below the long one of 60"],
  ];
  for (const [burns, why] of cases) {
    it(`are ${why === undefined ? "taken" : "refused"} as ${burns}`, async () => {
      const on = standIn();
      const id = await create(on);

      const { status, body } = await on.send("POST /api/v1/monitor/validate", burnAlert(id, burns));

      const refusal = `The value provided for parameter 'query' is invalid: ${why ?? ""}`;
      expect([status, body]).to.deep.equal(
        why === undefined ? [200, {}] : [400, { errors: [refusal] }],
      );
    });
  }
});
