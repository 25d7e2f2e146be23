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

  it("forgets objects and requests on reset, and gives no id out twice", async () => {
    const { send, state } = standIn();
    const before = idOf(await send("POST /api/v1/monitor", metricMonitor()));
    await send("GET /nowhere");

    await send("POST /sandbox/reset");

    expect(state().monitors).to.deep.equal([]);
    expect((await send("GET /sandbox/requests")).body).to.deep.equal({ requests: [] });
    expect(idOf(await send("POST /api/v1/monitor", metricMonitor()))).to.not.equal(before);
  });

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
