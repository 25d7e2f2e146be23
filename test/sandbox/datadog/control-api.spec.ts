import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { errorsOf, idOf, metricMonitor, standIn } from "./stand-in.ts";

describe("the stand-in's own surface", () => {
  it("says that it is a stand-in and is ready", async () => {
    const reply = await standIn().send("GET /sandbox/health");

    expect(reply).to.deep.equal({ status: 200, body: { standIn: "datadog", status: "ok" } });
  });

  it("lists requests in order with their outcome, and unknown ones alone when asked", async () => {
    const { send } = standIn();
    await send("GET /api/v1/validate");
    await send("GET /api/v3/nothing");
    await send("GET /api/v1/monitor/1");
    await send("GET /sandbox/health");

    const all = (await send("GET /sandbox/requests")).body as { requests: { url: string }[] };
    const unknown = (await send("GET /sandbox/requests?unknown")).body;

    expect(all.requests.map(({ url }) => url).toSorted()).to.deep.equal([
      "/api/v1/monitor/1",
      "/api/v1/validate",
      "/api/v3/nothing",
    ]);
    expect(unknown).to.deep.equal({
      requests: [
        {
          at: "2027-01-05T10:00:00.000Z",
          method: "GET",
          url: "/api/v3/nothing",
          status: 501,
          known: false,
        },
      ],
    });
  });

  it("refuses a query parameter of its own surface that does not exist", async () => {
    const reply = await standIn().send("GET /sandbox/requests?unkown");

    expect(reply.status).to.equal(400);
    expect(errorsOf(reply)).to.deep.equal([
      'unknown query parameter "unkown" (known here: unknown)',
    ]);
  });

  it("shows metrics and checks of a time, and wants to know which", async () => {
    const { send } = standIn();
    const at = Date.parse("2027-01-05T09:59:00.000Z") / 1000;
    const points = [{ timestamp: at, value: 3 }];
    const series = [{ metric: "up", type: 3, points, tags: ["env:test"] }];
    expect((await send("POST /api/v2/series", { series })).status).to.equal(202);

    const window = `from=${(at - 60) * 1000}&to=${(at + 60) * 1000}`;
    const { body } = await send(`GET /sandbox/telemetry?${window}`);
    const later = await send(
      `GET /sandbox/telemetry?from=${(at + 1) * 1000}&to=${(at + 60) * 1000}`,
    );

    expect(body).to.deep.equal({
      series: [
        { metric: "up", tags: ["env:test"], kind: "gauge", points: [{ at: at * 1000, value: 3 }] },
      ],
      checks: [],
    });
    expect(later.body).to.deep.equal({ series: [], checks: [] });
    expect(errorsOf(await send("GET /sandbox/telemetry?from=now&to=1"))).to.deep.equal([
      'query parameter "from" is now: must be milliseconds since 1970',
    ]);
  });

  it("forgets objects and requests on reset, and gives no id out twice", async () => {
    const { send, state } = standIn();
    const before = idOf(await send("POST /api/v1/monitor", metricMonitor()));
    await send("GET /nowhere");

    await send("POST /sandbox/reset");

    expect(state().monitors).to.deep.equal([]);
    expect((await send("GET /sandbox/requests")).body).to.deep.equal({ requests: [] });
    expect(idOf(await send("POST /api/v1/monitor", metricMonitor()))).to.not.equal(before);
  });

  it("holds answers back after their work is done, and lets them go", async () => {
    const { send, state } = standIn();
    const create = { routes: ["POST /api/v1/monitor"] };
    await send("POST /sandbox/hold", create);
    let isAnswered = false;
    const answer = send("POST /api/v1/monitor", metricMonitor()).finally(() => (isAnswered = true));
    while (state().monitors.length === 0) await sleep(5);

    const before = isAnswered;
    await send("POST /sandbox/hold", { routes: [] });

    expect(before).to.equal(false);
    expect((await answer).status).to.equal(200);
    expect((await send("POST /api/v1/monitor", metricMonitor())).status).to.equal(200);
  });

  it("holds no answer longer than it was told", async () => {
    const { send } = standIn();
    await send("POST /sandbox/hold", { routes: ["GET /api/v1/validate"], seconds: 1 });

    expect((await send("GET /api/v1/validate")).status).to.equal(200);
  });

  for (const [body, error] of [
    [{ routes: ["POST /api/v1/monitors"] }, 'unknown route "POST /api/v1/monitors" (expected one'],
    [{ routes: [], seconds: 301 }, "seconds: Too big: expected number to be <=300"],
    [{ routes: [], minutes: 1 }, ': Unrecognized key: "minutes"'],
    [undefined, ": Invalid input: expected object, received undefined"],
  ] as const) {
    it(`refuses to hold ${body === undefined ? "nothing" : JSON.stringify(body)}`, async () => {
      const reply = await standIn().send("POST /sandbox/hold", body);

      expect(reply.status).to.equal(400);
      expect(errorsOf(reply).join()).to.include(error);
    });
  }

  it("says which monitors are not evaluated, and why", async () => {
    const { send } = standIn();
    await send("POST /api/v1/monitor", metricMonitor({ name: "judged" }));
    await send("POST /api/v1/monitor", { name: "odd", type: "cost alert", query: "anything" });

    const { notEvaluated } = (await send("GET /sandbox/state")).body as {
      notEvaluated: { name: string; why: string }[];
    };

    expect(notEvaluated.map(({ name, why }) => [name, why])).to.deep.equal([
      ["odd", 'queries of type "cost alert" are taken as they are'],
    ]);
  });

  it("says that no shop was named, and what a shop answers", async () => {
    expect((await standIn().send("GET /sandbox/shop")).body).to.deep.equal({
      address: null,
      ledger: null,
      why: "No shop of the sandbox runs beside this stand-in (--shop).",
    });
  });

  it("does not count a browser's own requests as unknown", async () => {
    const { app, send } = standIn();

    expect((await app.inject("/favicon.ico")).statusCode).to.equal(204);
    await app.inject("/?x=1");

    expect((await send("GET /sandbox/requests")).body).to.deep.equal({ requests: [] });
  });
});
