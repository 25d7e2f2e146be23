import { expect } from "chai";
import { errorsOf, standIn } from "../stand-in.ts";

const path = "/api/v2/logs/config/metrics";

function metric(attributes: Record<string, unknown> = {}, id = "sockshop.orders") {
  const compute = { aggregation_type: "count" };
  return { data: { id, type: "logs_metrics", attributes: { compute, ...attributes } } };
}

const distribution = (more: Record<string, unknown> = {}) => {
  return { compute: { aggregation_type: "distribution", path: "@duration", ...more } };
};

const unclosed =
  'filter.query: the search "service:(a OR" is not understood: it ends where a term should stand';

describe("log-based metrics", () => {
  it("take every log where no filter is named, and a path for its tag", async () => {
    const reply = await standIn().send(`POST ${path}`, metric({ group_by: [{ path: "service" }] }));

    expect(reply).to.deep.equal({
      status: 200,
      body: {
        data: {
          id: "sockshop.orders",
          type: "logs_metrics",
          attributes: {
            compute: { aggregation_type: "count" },
            filter: { query: "*" },
            group_by: [{ path: "service", tag_name: "service" }],
          },
        },
      },
    });
  });

  it("are merged by an update: an empty compute leaves it as it was", async () => {
    const on = standIn();
    await on.send(`POST ${path}`, metric(distribution({ include_percentiles: false })));
    const update = (attributes: unknown) =>
      on.send(`PATCH ${path}/sockshop.orders`, { data: { type: "logs_metrics", attributes } });
    const computeOf = ({ body }: { body: unknown }) =>
      (body as { data: { attributes: { compute: unknown } } }).data.attributes.compute;

    const kept = await update({ compute: {}, filter: { query: "service:x" } });
    const changed = await update({ compute: { include_percentiles: true } });

    const compute = { aggregation_type: "distribution", path: "@duration" };
    expect(computeOf(kept)).to.deep.equal({ ...compute, include_percentiles: false });
    expect(computeOf(changed)).to.deep.equal({ ...compute, include_percentiles: true });
    expect(on.state().metrics[0]?.attributes.filter).to.deep.equal({ query: "service:x" });
  });

  it("cannot change what they count", async () => {
    const on = standIn();
    await on.send(`POST ${path}`, metric(distribution()));

    const reply = await on.send(`PATCH ${path}/sockshop.orders`, {
      data: { type: "logs_metrics", attributes: { compute: { aggregation_type: "count" } } },
    });

    expect(errorsOf(reply)).to.deep.equal([
      "compute.aggregation_type cannot change: delete the metric and create it again",
    ]);
  });

  const unfit: [string, Record<string, unknown>, string][] = [
    [
      "a distribution of nothing",
      { compute: { aggregation_type: "distribution" } },
      "compute.path is missing: a distribution needs the attribute to measure",
    ],
    [
      "a count of an attribute",
      { compute: { aggregation_type: "count", path: "@a" } },
      "compute.path does not go with aggregation_type count",
    ],
    [
      "percentiles of a count",
      { compute: { aggregation_type: "count", include_percentiles: true } },
      "compute.include_percentiles does not go with aggregation_type count",
    ],
    ["a filter that is no search", { filter: { query: "service:(a OR" } }, unclosed],
  ];
  for (const [what, attributes, sentence] of unfit) {
    it(`refuse ${what}`, async () => {
      const reply = await standIn().send(`POST ${path}`, metric(attributes));

      expect(reply).to.deep.equal({ status: 400, body: { errors: [sentence] } });
    });
  }

  it("take names of 200 characters and refuse longer or odd ones", async () => {
    const { send } = standIn();
    const statusOf = async (id: string) => (await send(`POST ${path}`, metric({}, id))).status;

    expect(await statusOf("a".repeat(200))).to.equal(200);
    expect((await send(`GET ${path}/${"a".repeat(200)}`)).status).to.equal(200);
    for (const id of ["a".repeat(201), "1a", "", "__proto__"]) {
      expect(await statusOf(id), id).to.equal(400);
    }
  });

  it("get an underscore for each character that a name may not have", async () => {
    const { send } = standIn();
    const { body } = await send(`POST ${path}`, metric({}, "a-b c"));

    expect((body as { data: { id: string } }).data.id).to.equal("a_b_c");
    expect((await send(`GET ${path}/a-b%20c`)).status).to.equal(200);
  });

  it("exist once under a name", async () => {
    const { send } = standIn();
    await send(`POST ${path}`, metric());

    expect(await send(`POST ${path}`, metric())).to.deep.equal({
      status: 409,
      body: { errors: ["already_exists(Metric with name 'sockshop.orders' already exists)"] },
    });
  });

  it("are answered 404 when unknown", async () => {
    const { send } = standIn();
    const gone = { status: 404, body: { errors: ["not_found(Metric with name 'x' not found)"] } };
    const nothing = { data: { type: "logs_metrics", attributes: {} } };

    expect(await send(`GET ${path}/x`)).to.deep.equal(gone);
    expect(await send(`PATCH ${path}/x`, nothing)).to.deep.equal(gone);
    expect(await send(`DELETE ${path}/x`)).to.deep.equal(gone);
  });

  it("are listed", async () => {
    const { send } = standIn();
    await send(`POST ${path}`, metric({}, "a"));
    await send(`POST ${path}`, metric({}, "b"));

    const { data } = (await send(`GET ${path}`)).body as { data: { id: string }[] };

    expect(data.map(({ id }) => id)).to.deep.equal(["a", "b"]);
  });
});
