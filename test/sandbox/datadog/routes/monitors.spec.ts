import { expect } from "chai";
import { errorsOf, idOf, metricMonitor, type Reply, standIn, type StandIn } from "../stand-in.ts";

async function create(on: StandIn, body: Record<string, unknown>): Promise<string> {
  const reply = await on.send("POST /api/v1/monitor", body);
  expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
  return idOf(reply);
}

const composite = (query: string, more: Record<string, unknown> = {}) => {
  return { type: "composite", name: "root cause", query, ...more };
};

const inQuery = "The value provided for parameter 'query' is invalid: ";
const inOptions = "The value provided for parameter 'options' is invalid: ";

describe("monitors", () => {
  it("start without data, with Datadog's defaults under what was declared", async () => {
    const { send } = standIn();

    const { body } = await send("POST /api/v1/monitor", {
      type: "query alert",
      query: "avg(last_5m):avg:a{*} by {host} > 2.5",
    });

    expect(body).to.deep.include({
      name: "`avg(last_5m):avg:a{*} by {host} > 2.5`",
      message: "",
      tags: [],
      priority: null,
      multi: true,
      overall_state: "No Data",
      draft_status: "published",
      options: {
        notify_audit: false,
        silenced: {},
        include_tags: true,
        new_host_delay: 300,
        notify_no_data: false,
        thresholds: { critical: 2.5 },
      },
    });
  });

  it("keep what is Datadog's own from being set", async () => {
    const { send } = standIn();
    const own = { id: 7, overall_state: "OK", created: "2020-01-01T00:00:00Z", multi: true };

    const { body } = await send("POST /api/v1/monitor", metricMonitor(own));

    expect(body).to.deep.include({ overall_state: "No Data", multi: false });
    expect((body as { id: number }).id).to.not.equal(7);
  });

  const unfit: [string, Record<string, unknown>, string][] = [
    ["a query that cannot be read", { query: "query" }, `${inQuery}invalid operator specified: `],
    [
      "a threshold other than the query's",
      { options: { thresholds: { critical: 2 } } },
      `${inQuery}its threshold 1 and thresholds.critical 2 differ: make them equal`,
    ],
    [
      "a warning that comes after the alert",
      { options: { thresholds: { critical: 1, warning: 1 } } },
      `${inOptions}thresholds.warning 1 must be above the critical 1`,
    ],
    [
      "two ways of treating missing data",
      { options: { on_missing_data: "resolve", notify_no_data: true } },
      `${inOptions}on_missing_data and notify_no_data exclude each other: use one of them`,
    ],
    [
      "on_missing_data of a service check",
      {
        type: "service check",
        query: '"a".over("*").last(2).count_by_status()',
        options: { on_missing_data: "default" },
      },
      `${inOptions}on_missing_data does not go with a service check: use notify_no_data`,
    ],
    [
      "priority -1",
      { priority: -1 },
      "The value provided for parameter 'priority' is invalid: -1 is not 1 to 5",
    ],
    [
      "priority 6",
      { priority: 6 },
      "The value provided for parameter 'priority' is invalid: 6 is not 1 to 5",
    ],
    ["a member that does not exist", composite("12345"), `${inQuery}monitor 12345 does not exist`],
    [
      "an alert on an SLO that does not exist",
      { type: "slo alert", query: 'burn_rate("x").over("7d") > 1', options: {} },
      `${inQuery}SLO "x" does not exist`,
    ],
  ];
  for (const [what, differences, sentence] of unfit) {
    it(`refuse ${what}, when validated and when created`, async () => {
      const { send, state } = standIn();
      const body = metricMonitor(differences);
      const answer = { status: 400, body: { errors: [sentence] } };

      expect(await send("POST /api/v1/monitor/validate", body)).to.deep.equal(answer);
      expect(await send("POST /api/v1/monitor", body)).to.deep.equal(answer);
      expect(state().monitors).to.deep.equal([]);
    });
  }

  const fit: [string, Record<string, unknown>][] = [
    ["a warning before the alert", { options: { thresholds: { critical: 1, warning: 2 } } }],
    ["priority 1", { priority: 1 }],
    ["priority 5", { priority: 5 }],
    ["notify_no_data alone", { options: { notify_no_data: true } }],
    ["a query it cannot judge", { type: "cost alert", query: "anything" }],
  ];
  for (const [what, differences] of fit) {
    it(`take ${what}`, async () => {
      const reply = await standIn().send(
        "POST /api/v1/monitor/validate",
        metricMonitor(differences),
      );

      expect(reply).to.deep.equal({ status: 200, body: {} });
    });
  }

  it("are replaced as a whole in their options by an update, and keep the rest", async () => {
    const on = standIn();
    const id = await create(on, metricMonitor({ options: { renotify_interval: 30 } }));
    on.setNow("2027-01-05T11:00:00.000Z");

    const { body } = await on.send(`PUT /api/v1/monitor/${id}`, { options: { timeout_h: 1 } });

    const { options, created, modified, message } = body as Record<string, object>;
    expect(options).to.include({ timeout_h: 1 }).and.to.not.have.property("renotify_interval");
    expect([message, created, modified]).to.deep.equal([
      "payment is down",
      "2027-01-05T10:00:00.000Z",
      "2027-01-05T11:00:00.000Z",
    ]);
  });

  it("lose their priority by an explicit null", async () => {
    const on = standIn();
    const id = await create(on, metricMonitor({ priority: 3 }));

    const { body } = await on.send(`PUT /api/v1/monitor/${id}`, { priority: null });

    expect((body as { priority: number | null }).priority).to.equal(null);
  });

  it("keep their type, but for the two names of metric monitors", async () => {
    const on = standIn();
    const id = await create(on, metricMonitor());
    const path = `/api/v1/monitor/${id}`;
    const log = { type: "log alert", query: 'logs("a").rollup("count").last("5m") < 1' };
    const refusal = {
      status: 400,
      body: {
        errors: [
          `The value provided for parameter 'type' is invalid: it cannot change from "metric alert" to "log alert"`,
        ],
      },
    };

    expect(await on.send(`PUT ${path}`, log)).to.deep.equal(refusal);
    expect(await on.send(`POST ${path}/validate`, metricMonitor(log))).to.deep.equal(refusal);
    expect((await on.send(`PUT ${path}`, { type: "query alert" })).status).to.equal(200);
  });

  it("are answered 404 in every way when unknown, an id that is no number included", async () => {
    const { send } = standIn();
    const notFound = { status: 404, body: { errors: ["Monitor not found"] } };

    for (const id of ["1", "abc", "constructor", "1.5", "%20"]) {
      expect(await send(`GET /api/v1/monitor/${id}`)).to.deep.equal(notFound);
      expect(await send(`DELETE /api/v1/monitor/${id}`)).to.deep.equal(notFound);
      expect(await send(`PUT /api/v1/monitor/${id}`, {})).to.deep.equal(notFound);
      const validated = await send(`POST /api/v1/monitor/${id}/validate`, metricMonitor());
      expect(validated).to.deep.equal(notFound);
    }
  });

  it("show their assets when asked for them, linked to the monitor", async () => {
    const on = standIn();
    const assets = [{ category: "runbook", name: "INC-3", url: "https://example.invalid/" }];
    const id = await create(on, metricMonitor({ assets }));
    const linked = { ...assets[0], monitor_id: Number(id), template_variables: {}, options: {} };
    const get = async (query: string) =>
      (await on.send(`GET /api/v1/monitor/${id}${query}`)).body as { assets?: unknown };

    expect((await get("?with_assets=true")).assets).to.deep.equal([linked]);
    expect((await get("?with_assets=false")).assets).to.equal(undefined);
    expect((await get("")).assets).to.equal(undefined);
  });

  it("do not lose their assets by an update of something else", async () => {
    const on = standIn();
    const assets = [{ category: "runbook", name: "INC-3", url: "https://example.invalid/" }];
    const id = await create(on, metricMonitor({ assets }));

    await on.send(`PUT /api/v1/monitor/${id}`, { message: "new" });

    expect(on.state().monitors[0]?.assets).to.deep.equal(assets);
  });
});

describe("composite monitors", () => {
  it("take ten members and refuse eleven", async () => {
    const on = standIn();
    const ids: string[] = [];
    for (let index = 0; index < 11; index += 1) {
      ids.push(await create(on, metricMonitor()));
    }
    const validate = (members: string[]) =>
      on.send("POST /api/v1/monitor/validate", composite(members.join(" || ")));

    expect((await validate(ids.slice(0, 10))).status).to.equal(200);
    expect(errorsOf(await validate(ids))).to.deep.equal([
      `${inQuery}a composite takes at most 10 monitors, got 11`,
    ]);
  });

  it("refuse a composite as a member", async () => {
    const on = standIn();
    const inner = await create(on, composite(await create(on, metricMonitor())));

    expect(errorsOf(await on.send("POST /api/v1/monitor", composite(inner)))).to.deep.equal([
      `${inQuery}monitor ${inner} is a composite itself: composites cannot be nested`,
    ]);
  });

  it("keep their members and an SLO its monitor from being deleted, unless it is forced", async () => {
    const on = standIn();
    const member = await create(on, metricMonitor({ name: "m" }));
    const other = await create(on, metricMonitor());
    const holder = await create(on, composite(`${member} && ${other}`));
    const slo = await on.send("POST /api/v1/slo", {
      name: "up",
      type: "monitor",
      monitor_ids: [Number(member)],
      thresholds: [{ timeframe: "7d", target: 99 }],
    });
    const references = [
      `monitor [${member},m] is referenced in composite monitors: [${holder},root cause]`,
      `monitor [${member},m] is referenced in slos: [${idOf(slo)},up]`,
    ];
    const canDelete = (ids: string) => on.send(`GET /api/v1/monitor/can_delete?monitor_ids=${ids}`);

    expect(await canDelete(`${member},${holder}`)).to.deep.equal({
      status: 409,
      body: { data: { ok: [Number(holder)] }, errors: { [member]: references } },
    });
    expect(await canDelete(holder)).to.deep.equal({
      status: 200,
      body: { data: { ok: [Number(holder)] }, errors: null },
    });
    expect((await canDelete("1")).status).to.equal(404);
    expect(await on.send(`DELETE /api/v1/monitor/${member}`)).to.deep.equal({
      status: 400,
      body: { errors: references },
    });
    expect(await on.send(`DELETE /api/v1/monitor/${member}?force=true`)).to.deep.equal({
      status: 200,
      body: { deleted_monitor_id: Number(member) },
    });
  });
});

describe("the list of monitors", () => {
  const names = ({ body }: Reply) => (body as { name: string }[]).map(({ name }) => name);

  it("is narrowed by name, by tags that must all be there, and by page", async () => {
    const on = standIn();
    await create(on, metricMonitor({ name: "Alpha", tags: ["a:1", "b:2"] }));
    await create(on, metricMonitor({ name: "beta", tags: ["a:1"] }));
    await create(on, metricMonitor({ name: "alphabet", tags: [] }));
    const list = async (query: string) => names(await on.send(`GET /api/v1/monitor${query}`));

    expect(await list("")).to.deep.equal(["Alpha", "beta", "alphabet"]);
    expect(await list("?name=alpha")).to.deep.equal(["Alpha", "alphabet"]);
    expect(await list("?monitor_tags=a:1")).to.deep.equal(["Alpha", "beta"]);
    expect(await list("?monitor_tags=a:1,b:2")).to.deep.equal(["Alpha"]);
    expect(await list("?page=1&page_size=2")).to.deep.equal(["alphabet"]);
    expect(await list("?page=2&page_size=2")).to.deep.equal([]);
  });

  it("refuses a page that is no number", async () => {
    const reply = await standIn().send("GET /api/v1/monitor?page=-1");

    expect(reply).to.deep.equal({
      status: 400,
      body: { errors: ['Invalid page "-1": must be a whole number'] },
    });
  });
});
