import { expect } from "chai";
import { errorsOf, standIn, type StandIn } from "../stand-in.ts";

/** The clock of the stand-in, in seconds. */
const now = 1799143200;

function event(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return { title: "INC-3", text: "payment is down", ...differences };
}

async function titles(on: StandIn, query: string): Promise<string[]> {
  const { body } = await on.send(`GET /api/v1/events?${query}`);
  return (body as { events: { title: string }[] }).events.map(({ title }) => title);
}

describe("events", () => {
  it("happen now unless told otherwise, and can be read again", async () => {
    const { send } = standIn();

    const posted = await send("POST /api/v1/events", event({ aggregation_key: "inc-3" }));

    const { status, event: made } = posted.body as { status: string; event: { id: number } };
    expect([posted.status, status]).to.deep.equal([202, "ok"]);
    expect(made).to.deep.include({ date_happened: now, alert_type: "info", priority: null });
    expect((await send(`GET /api/v1/events/${made.id}`)).body).to.deep.equal({ event: made });
  });

  it("may be eighteen hours old, and no second older", async () => {
    const { send } = standIn();
    const oldest = now - 18 * 3600;

    const taken = await send("POST /api/v1/events", event({ date_happened: oldest }));
    const refused = await send("POST /api/v1/events", event({ date_happened: oldest - 1 }));

    expect(taken.status).to.equal(202);
    expect(refused).to.deep.equal({ status: 400, body: { errors: ["Event too far in the past"] } });
  });

  it("are limited in their text and aggregation key", async () => {
    const { send } = standIn();
    const post = (more: Record<string, unknown>) => send("POST /api/v1/events", event(more));

    expect((await post({ text: "x".repeat(4000) })).status).to.equal(202);
    expect(errorsOf(await post({ text: "x".repeat(4001) }))).to.deep.equal([
      "text has 4001 characters: at most 4000",
    ]);
    expect((await post({ aggregation_key: "x".repeat(100) })).status).to.equal(202);
    expect(errorsOf(await post({ aggregation_key: "x".repeat(101) }))).to.deep.equal([
      "aggregation_key has 101 characters: at most 100",
    ]);
  });

  it("are listed by time, newest first, with all the tags and the priority asked for", async () => {
    const on = standIn();
    const post = (title: string, more: object) =>
      on.send("POST /api/v1/events", event({ title, ...more }));
    await post("first", { date_happened: now - 20, tags: ["a:1", "b:2"] });
    await post("second", { date_happened: now - 10, tags: ["a:1"], priority: "low" });
    await post("third", { date_happened: now, tags: [] });

    expect(await titles(on, `start=0&end=${now}`)).to.deep.equal(["third", "second", "first"]);
    expect(await titles(on, `start=${now - 10}&end=${now - 1}`)).to.deep.equal(["second"]);
    expect(await titles(on, `start=0&end=${now}&tags=a:1,b:2`)).to.deep.equal(["first"]);
    expect(await titles(on, `start=0&end=${now}&priority=low`)).to.deep.equal(["second"]);
    expect(await titles(on, `start=0&end=${now}&priority=normal`)).to.deep.equal([
      "third",
      "first",
    ]);
  });

  it("want both times for a list", async () => {
    const { send } = standIn();

    expect(errorsOf(await send("GET /api/v1/events?end=1"))).to.deep.equal([
      'start "" must be a time in whole seconds',
    ]);
    expect(errorsOf(await send("GET /api/v1/events?start=1&end=now"))).to.deep.equal([
      'end "now" must be a time in whole seconds',
    ]);
  });

  it("refuse an alert type that Datadog has not", async () => {
    const reply = await standIn().send("POST /api/v1/events", event({ alert_type: "fatal" }));

    expect(reply.status).to.equal(400);
    expect(errorsOf(reply)[0]).to.contain(
      `'alert_type' is "fatal" (string): must be one of "error"`,
    );
  });

  it("are answered 404 when unknown", async () => {
    const reply = await standIn().send("GET /api/v1/events/7");

    expect(reply).to.deep.equal({
      status: 404,
      body: { errors: ["No event matches that event_id"] },
    });
  });
});
