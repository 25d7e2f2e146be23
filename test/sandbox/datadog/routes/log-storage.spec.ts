import { expect } from "chai";
import { idOf, standIn } from "../stand-in.ts";

const indexes = "/api/v1/logs/config/indexes";
const index = (name: string, differences: object = {}) => ({
  name,
  filter: { query: "service:shop" },
  exclusion_filters: [],
  daily_limit: 200_000,
  num_retention_days: 15,
  ...differences,
});
const excluding = (filter: object) => ({
  exclusion_filters: [{ name: "e", is_enabled: true, filter }],
});

describe("indexes of logs", () => {
  it("are answered as Datadog's recorded tests of its provider show", async () => {
    const on = standIn();
    const shown = {
      ...index("own"),
      is_rate_limited: false,
      tags: [],
    };

    expect(await on.send(`POST ${indexes}`, index("own"))).to.deep.equal({
      status: 200,
      body: shown,
    });
    expect((await on.send(`GET ${indexes}/own`)).body).to.deep.equal(shown);
    expect((await on.send(`GET ${indexes}`)).body).to.deep.equal({ indexes: [shown] });
  });

  it("lose their limit when it is disabled, not when it is left out", async () => {
    const on = standIn();
    await on.send(`POST ${indexes}`, index("own"));
    const rest = { filter: { query: "service:shop" }, exclusion_filters: [] };
    const put = async (body: object) =>
      ((await on.send(`PUT ${indexes}/own`, body)).body as { daily_limit: number | null })
        .daily_limit;

    expect(await put(rest)).to.equal(200_000);
    expect(await put({ ...rest, daily_limit: 20_000, disable_daily_limit: true })).to.equal(null);
    expect(await put({ ...rest, daily_limit: 30_000 })).to.equal(30_000);
  });

  it("come last in the order", async () => {
    const on = standIn();
    await on.send(`POST ${indexes}`, index("first"));
    await on.send(`POST ${indexes}`, index("a-second"));

    expect((await on.send("GET /api/v1/logs/config/index-order")).body).to.deep.equal({
      index_names: ["first", "a-second"],
    });
    expect((await on.send("PUT /api/v1/logs/config/index-order", {})).status).to.equal(501);
  });

  it("leave their name taken when they are deleted", async () => {
    const on = standIn();
    await on.send(`POST ${indexes}`, index("own"));

    expect((await on.send(`DELETE ${indexes}/own`)).status).to.equal(200);
    expect((await on.send(`GET ${indexes}/own`)).status).to.equal(404);
    expect((await on.send(`DELETE ${indexes}/own`)).status).to.equal(404);
    expect(await on.send(`POST ${indexes}`, index("own"))).to.deep.equal({
      status: 400,
      body: {
        error: {
          code: "InvalidArgument",
          message: 'Index "own" was deleted: its name cannot be used again',
        },
      },
    });
  });

  const refused: readonly (readonly [body: object, status: number, said: RegExp])[] = [
    [index("Own"), 400, /Invalid index name "Own"/],
    [index("1own"), 400, /Invalid index name/],
    [index("taken"), 400, /Index "taken" already exists/],
    [index("own", { filter: { query: "(a" } }), 400, /filter\.query/],
    [index("own", excluding({ query: "(a", sample_rate: 1 })), 400, /exclusion_filters\[0\]/],
    [
      index("own", excluding({ query: "a", sample_rate: 1.1 })),
      400,
      /sample_rate: expected a number from 0 to 1, got 1\.1/,
    ],
    [
      index("own", excluding({ query: "a", sample_rate: 1, sample_attribute: "@b" })),
      501,
      /sample_attribute: the stand-in does not know it/,
    ],
  ];
  for (const [body, status, said] of refused) {
    it(`are refused with ${status}: ${said.source}`, async () => {
      const on = standIn();
      await on.send(`POST ${indexes}`, index("taken"));

      const reply = await on.send(`POST ${indexes}`, body);

      expect(reply.status).to.equal(status);
      expect(JSON.stringify(reply.body).replaceAll("\\", "")).to.match(said);
      expect(on.state().logIndexes.length).to.equal(1);
    });
  }
});

describe("archives of logs", () => {
  const path = "/api/v2/logs/config/archives";
  const attributes = {
    name: "all",
    query: "service:shop",
    include_tags: true,
    rehydration_tags: ["team:app"],
    destination: {
      type: "s3",
      bucket: "logs",
      path: "/shop",
      integration: { account_id: "123456789012", role_name: "datadog-archive" },
    },
  };
  const body = (differences: object = {}) => ({
    data: { type: "archives", attributes: { ...attributes, ...differences } },
  });

  it("are answered as Datadog's recorded tests of its provider show", async () => {
    const on = standIn();
    const reply = await on.send(`POST ${path}`, body());
    const id = idOf(reply);
    const data = { type: "archives", id, attributes: { ...attributes, state: "UNKNOWN" } };

    expect(reply).to.deep.equal({ status: 200, body: { data } });
    expect((await on.send(`GET ${path}/${id}`)).body).to.deep.equal({ data });
    expect((await on.send(`GET ${path}`)).body).to.deep.equal({ data: [data] });
  });

  it("are replaced, and deleted at once", async () => {
    const on = standIn();
    const id = idOf(await on.send(`POST ${path}`, body()));
    const changed = { query: "*", rehydration_max_scan_size_in_gb: null };

    expect((await on.send(`PUT ${path}/${id}`, body(changed))).status).to.equal(200);
    expect(on.state().logArchives[0]?.attributes.query).to.equal("*");
    expect((await on.send(`DELETE ${path}/${id}`)).status).to.equal(204);
    expect((await on.send(`DELETE ${path}/${id}`)).status).to.equal(404);
  });

  it("are refused without attributes, a bucket, or with a query that is none", async () => {
    const on = standIn();
    const replies = await Promise.all(
      [
        { data: { type: "archives" } },
        body({ destination: { type: "s3", integration: {} } }),
        body({ query: "(a" }),
      ].map((one) => on.send(`POST ${path}`, one)),
    );

    expect(replies.map(({ status }) => status)).to.deep.equal([400, 400, 400]);
    expect(on.state().logArchives).to.deep.equal([]);
  });

  it("get no log: nothing is evaluated", async () => {
    const on = standIn();
    await on.send(`POST ${path}`, body({ query: "*" }));
    await on.send("POST /api/v2/logs", [{ message: "a", service: "shop" }]);
    await on.service.ingestion.idle();

    const { data } = (await on.send(`GET ${path}`)).body as {
      data: { attributes: { state: string } }[];
    };
    expect(data.map((one) => one.attributes.state)).to.deep.equal(["UNKNOWN"]);
    expect(on.service.telemetry.logs.count()).to.equal(1);
  });
});
