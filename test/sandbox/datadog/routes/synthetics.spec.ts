// The bodies and answers of tests and private locations are those of Datadog's published recordings
// for its Terraform provider. How results arrive, and what the monitor's query is, is not recorded.
import { expect } from "chai";
import { errorsOf, type StandIn, standIn } from "../stand-in.ts";

const tests = "/api/v1/synthetics/tests";
const locations = "/api/v1/synthetics/private-locations";

const step = {
  name: "First api step",
  subtype: "http",
  allowFailure: false,
  isCritical: false,
  assertions: [{ operator: "is", target: 200, type: "statusCode" }],
  extractedValues: [],
  request: { method: "GET", url: "http://front-end/", timeout: 30 },
};

function testBody(differences: Record<string, unknown> = {}) {
  return {
    config: { assertions: [], configVariables: [], steps: [step] },
    locations: ["aws:eu-central-1"],
    message: "Notify @datadog.user",
    name: "order",
    options: { min_location_failed: 1, tick_every: 900, monitor_name: "nobody can order" },
    status: "live",
    subtype: "multi",
    tags: ["multistep"],
    type: "api",
    ...differences,
  };
}

async function located(on: StandIn, options: Record<string, unknown> = {}) {
  const place = { name: "Beside the shop!", description: "", tags: ["a:1"] };
  const { body } = await on.send(`POST ${locations}`, place);
  const { private_location: location } = body as { private_location: { id: string } };
  const declared = testBody({ locations: [location.id], options: { tick_every: 60, ...options } });
  const { body: test } = await on.send(`POST ${tests}/api`, declared);
  const { public_id: id, monitor_id: monitor } = test as { public_id: string; monitor_id: number };
  const send = (seconds: number, passed: boolean, more: object = {}) => {
    const at = Date.parse("2027-01-05T10:00:00Z") + seconds * 1000;
    const result = { test: id, location: location.id, at, passed, ...more };
    return on.send("POST /sandbox/synthetics/results", result);
  };
  return { id, monitor, location: location.id, send, creation: body };
}

describe("synthetic tests", () => {
  it("are answered as declared, with ids of the test, its steps and its monitor", async () => {
    const on = standIn();
    const { status, body } = await on.send(`POST ${tests}/api`, testBody());
    const { public_id: id, monitor_id: monitor } = body as Record<string, unknown>;

    expect(status).to.equal(200);
    expect(id).to.match(/^\w{3}-\w{3}-\w{3}$/);
    expect(body).to.deep.include({
      ...testBody({ config: undefined }),
      config: (body as { config: unknown }).config,
      deleted_at: null,
    });
    expect((body as { config: { steps: object[] } }).config.steps[0]).to.deep.include(step);
    expect((await on.send(`GET /api/v1/monitor/${String(monitor)}`)).body).to.deep.include({
      type: "synthetics alert",
      name: "nobody can order",
      message: "Notify @datadog.user",
      tags: ["multistep"],
      overall_state: "No Data",
    });
    for (const path of [`${tests}/${String(id)}`, `${tests}/api/${String(id)}`]) {
      expect((await on.send(`GET ${path}`)).body).to.deep.include({ public_id: id });
    }
  });

  it("are changed and deleted with their monitor, and then not found", async () => {
    const on = standIn();
    const { body } = await on.send(`POST ${tests}/api`, testBody());
    const { public_id: id, monitor_id: monitor } = body as {
      public_id: string;
      monitor_id: number;
    };

    await on.send(`PUT ${tests}/api/${id}`, testBody({ message: "other" }));
    expect((await on.send(`GET /api/v1/monitor/${monitor}`)).body).to.deep.include({
      message: "other",
    });
    const gone = await on.send(`POST ${tests}/delete`, { public_ids: [id] });
    expect(gone.body).to.deep.equal({
      deleted_tests: [{ public_id: id, deleted_at: "2027-01-05T10:00:00.000Z" }],
    });
    const found = await on.send(`GET ${tests}/api/${id}`);
    expect([found.status, errorsOf(found)]).to.deep.equal([404, ["Synthetics test not found"]]);
    expect((await on.send(`GET /api/v1/monitor/${monitor}`)).status).to.equal(404);
  });

  const refused: readonly (readonly [name: string, differences: Record<string, unknown>])[] = [
    ["of one request", { subtype: "http" }],
    ["without steps", { config: { steps: [] } }],
    ["without locations", { locations: [] }],
    ["in a private location that does not exist", { locations: ["pl:none"] }],
    ["more often than every 30 seconds", { options: { tick_every: 29 } }],
    ["with a status that there is not", { status: "on" }],
  ];
  for (const [name, differences] of refused) {
    it(`are refused ${name}`, async () => {
      expect((await standIn().send(`POST ${tests}/api`, testBody(differences))).status).to.equal(
        400,
      );
    });
  }

  it("are taken every 30 seconds", async () => {
    const body = testBody({ options: { tick_every: 30 } });

    expect((await standIn().send(`POST ${tests}/api`, body)).status).to.equal(200);
  });
});

describe("private locations", () => {
  it("tell their configuration once, which names the stand-in and has no real key", async () => {
    const on = standIn();
    const { location, creation } = await located(on);
    const { config } = creation as { config: Record<string, unknown> };

    expect(location).to.match(/^pl:beside-the-shop-[0-9a-f]{32}$/);
    expect(Object.keys(config).sort()).to.deep.equal(
      [
        "accessKey",
        "id",
        "privateKey",
        "publicKey",
        "sandboxApi",
        "secretAccessKey",
        "site",
      ].sort(),
    );
    expect(config).to.deep.include({ id: location, privateKey: "stand-in: no key" });
    const { body } = await on.send(`GET ${locations}/${location}`);
    expect(body).to.deep.include({ id: location, name: "Beside the shop!", tags: ["a:1"] });
    expect(JSON.stringify(on.state())).to.not.contain(String(config["secretAccessKey"]));
  });

  it("are changed, and deleted for good", async () => {
    const on = standIn();
    const { location } = await located(on);

    const renamed = { name: "b", description: "d", tags: [] };
    expect((await on.send(`PUT ${locations}/${location}`, renamed)).body).to.deep.include(renamed);
    expect((await on.send(`DELETE ${locations}/${location}`)).status).to.equal(204);
    const found = await on.send(`GET ${locations}/${location}`);
    expect([found.status, errorsOf(found)]).to.deep.equal([
      404,
      [`Synthetics Private Location: ${location} not found`],
    ]);
  });

  it("are told which of their tests are live", async () => {
    const on = standIn();
    const { location, id } = await located(on);
    await on.send(`POST ${tests}/api`, testBody({ locations: [location], status: "paused" }));

    const { body } = await on.send(
      `GET /sandbox/synthetics/tests?location=${encodeURIComponent(location)}`,
    );
    expect(
      (body as { tests: { public_id: string }[] }).tests.map((one) => one.public_id),
    ).to.deep.equal([id]);
    expect((await on.send("GET /sandbox/synthetics/tests?location=pl:x")).status).to.equal(404);
  });
});

describe("results of synthetic tests", () => {
  it("are listed with the newest first, and each once", async () => {
    const on = standIn();
    const { id, location, send } = await located(on);
    await send(0, true);
    await send(60, false, { failure: 'step "order": status 500 instead of 201' });
    await send(60, false);

    const { body } = await on.send(`GET ${tests}/${id}/results`);
    const { results } = body as { results: Record<string, unknown>[] };
    expect(
      results.map((one) => [one["check_time"], one["probe_dc"], one["status"], one["result"]]),
    ).to.deep.equal([
      [Date.parse("2027-01-05T10:01:00Z"), location, 1, { passed: false }],
      [Date.parse("2027-01-05T10:00:00Z"), location, 0, { passed: true }],
    ]);
  });

  it("are refused where they are of another test or location, or say nothing", async () => {
    const on = standIn();
    const { id, location, send } = await located(on);
    const good = { test: id, location, at: 1, passed: true };

    expect((await send(0, true)).status).to.equal(200);
    for (const wrong of [
      { test: "abc-abc-abc" },
      { location: "pl:other" },
      { at: "now" },
      { passed: 1 },
      { failure: "x".repeat(501) },
    ]) {
      const body = { ...good, ...wrong };
      expect((await on.send("POST /sandbox/synthetics/results", body)).status).to.equal(400);
    }
  });
});
