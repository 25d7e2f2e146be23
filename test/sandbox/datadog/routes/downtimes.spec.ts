import { expect } from "chai";
import { errorsOf, idOf, metricMonitor, type Reply, standIn } from "../stand-in.ts";

const path = "/api/v2/downtime";

function downtime(differences: Record<string, unknown> = {}) {
  const attributes = {
    scope: "kube_namespace:sock-shop",
    monitor_identifier: { monitor_tags: ["incident:payment-failure"] },
    ...differences,
  };
  return { data: { type: "downtime", attributes } };
}

const recurring = (more: Record<string, unknown> = {}) => {
  const rule = { duration: "1h", rrule: "FREQ=WEEKLY;BYDAY=TU", start: "2027-01-05T10:00:00" };
  return { schedule: { recurrences: [{ ...rule, ...more }] } };
};

function attributesOf({ body }: Reply): Record<string, unknown> {
  return (body as { data: { attributes: Record<string, unknown> } }).data.attributes;
}

describe("downtimes", () => {
  it("begin now without an end where no schedule is named, with Datadog's defaults", async () => {
    const reply = await standIn().send(`POST ${path}`, downtime());

    expect(reply.status).to.equal(200);
    expect(attributesOf(reply)).to.deep.equal({
      scope: "kube_namespace:sock-shop",
      monitor_identifier: { monitor_tags: ["incident:payment-failure"] },
      display_timezone: "UTC",
      message: null,
      mute_first_recovery_notification: false,
      notify_end_states: ["alert", "no data", "warn"],
      notify_end_types: ["expired"],
      schedule: { start: "2027-01-05T10:00:00.000Z", end: null },
      status: "active",
      created: "2027-01-05T10:00:00.000Z",
      modified: "2027-01-05T10:00:00.000Z",
      canceled: null,
    });
  });

  it("pass from scheduled over active to ended as the clock goes", async () => {
    const on = standIn();
    const schedule = { start: "2027-01-05T11:00:00Z", end: "2027-01-05T12:00:00Z" };
    const id = idOf(await on.send(`POST ${path}`, downtime({ schedule })));
    const statusAt = async (time: string) => {
      on.setNow(time);
      return attributesOf(await on.send(`GET ${path}/${id}`))["status"];
    };

    expect(await statusAt("2027-01-05T10:59:59.999Z")).to.equal("scheduled");
    expect(await statusAt("2027-01-05T11:00:00.000Z")).to.equal("active");
    expect(await statusAt("2027-01-05T11:59:59.999Z")).to.equal("active");
    expect(await statusAt("2027-01-05T12:00:00.000Z")).to.equal("ended");
  });

  it("stay readable when cancelled, and keep the time of the first cancelling", async () => {
    const on = standIn();
    const id = idOf(await on.send(`POST ${path}`, downtime(recurring())));

    expect((await on.send(`DELETE ${path}/${id}`)).status).to.equal(204);
    on.setNow("2027-01-06T00:00:00Z");
    await on.send(`DELETE ${path}/${id}`);

    expect(attributesOf(await on.send(`GET ${path}/${id}`))).to.deep.include({
      status: "canceled",
      canceled: "2027-01-05T10:00:00.000Z",
    });
  });

  it("change by an update in what it gives alone", async () => {
    const on = standIn();
    const id = idOf(await on.send(`POST ${path}`, downtime(recurring())));

    const update = { data: { id, type: "downtime", attributes: { message: "drill" } } };
    const reply = await on.send(`PATCH ${path}/${id}`, update);

    expect(attributesOf(reply)).to.deep.include({ message: "drill", status: "scheduled" });
    expect(attributesOf(reply)["schedule"]).to.deep.equal({
      timezone: "UTC",
      ...recurring().schedule,
    });
  });

  const unfit: [string, Record<string, unknown>, string][] = [
    ["a scope without a key", { scope: "BAD_SCOPE" }, "All values must have a key"],
    ["an empty scope", { scope: " " }, "All values must have a key"],
    [
      "a value beside a key's values",
      { scope: "env:(a OR b) AND c" },
      "All values must have a key",
    ],
    [
      "no monitor tag",
      { monitor_identifier: { monitor_tags: [] } },
      "monitor_tags must not be empty",
    ],
    ["an unknown monitor", { monitor_identifier: { monitor_id: 7 } }, "Monitor not found"],
    [
      "an end that is past",
      { schedule: { start: "2027-01-05T08:00:00Z", end: "2027-01-05T10:00:00Z" } },
      "schedule.end 2027-01-05T10:00:00Z is in the past",
    ],
    [
      "an end at the start",
      { schedule: { start: "2027-01-06T08:00:00Z", end: "2027-01-06T08:00:00Z" } },
      "schedule.end 2027-01-06T08:00:00Z must be after the start",
    ],
    [
      "a duration without a unit",
      recurring({ duration: "60" }),
      'duration "60" must read like 30m, 1h or 1d',
    ],
    [
      "a rule without a frequency",
      recurring({ rrule: "BYDAY=TU" }),
      'rrule "BYDAY=TU" must name a FREQ, as in FREQ=WEEKLY;BYDAY=TU',
    ],
  ];
  for (const [what, differences, sentence] of unfit) {
    it(`refuse ${what}, when created and when updated`, async () => {
      const on = standIn();
      const id = idOf(await on.send(`POST ${path}`, downtime()));
      const update = { data: { id, type: "downtime", attributes: differences } };
      const answer = { status: 400, body: { errors: [sentence] } };

      expect(await on.send(`POST ${path}`, downtime(differences))).to.deep.equal(answer);
      expect(await on.send(`PATCH ${path}/${id}`, update)).to.deep.equal(answer);
    });
  }

  for (const scope of ["*", "env:(staging OR prod)", "env:a AND NOT team:b", "host:x,env:y"]) {
    it(`take the scope ${scope}`, async () => {
      expect((await standIn().send(`POST ${path}`, downtime({ scope }))).status).to.equal(200);
    });
  }

  it("name their monitor as a relation", async () => {
    const on = standIn();
    const monitor = idOf(await on.send("POST /api/v1/monitor", metricMonitor()));
    const identifier = { monitor_identifier: { monitor_id: Number(monitor) } };

    const { body } = await on.send(`POST ${path}`, downtime(identifier));

    const { data, included } = body as { data: { relationships: object }; included: object[] };
    const author = { type: "users", id: "00000000-0000-4000-8000-000000000000" };
    expect(data.relationships).to.deep.equal({
      monitor: { data: { type: "monitors", id: monitor } },
      created_by: { data: author },
    });
    expect(included).to.have.length(1);
    expect(included[0]).to.deep.include(author);
    const listed = (await on.send(`GET ${path}`)).body as { data: { relationships: object }[] };
    expect(listed.data.map(({ relationships }) => relationships)).to.deep.equal([
      { monitor: { data: { type: "monitors", id: monitor } } },
    ]);
  });

  it("are read without their author, as Datadog answers it", async () => {
    const on = standIn();
    const id = idOf(await on.send(`POST ${path}`, downtime()));

    const { body } = await on.send(`GET ${path}/${id}`);

    expect(Object.keys(body as object)).to.deep.equal(["data"]);
    expect((body as { data: object }).data).to.have.all.keys("type", "id", "attributes");
  });

  it("are listed by page, and current ones alone when asked", async () => {
    const on = standIn();
    const later = { schedule: { start: "2027-01-06T00:00:00Z" } };
    await on.send(`POST ${path}`, downtime({ message: "now" }));
    await on.send(`POST ${path}`, downtime({ message: "later", ...later }));
    await on.send(`POST ${path}`, downtime({ message: "now too" }));
    const list = async (query: string) => {
      const { data, meta } = (await on.send(`GET ${path}?${query}`)).body as {
        data: { attributes: { message: string } }[];
        meta: { page: { total_filtered_count: number } };
      };
      return [meta.page.total_filtered_count, ...data.map(({ attributes }) => attributes.message)];
    };

    expect(await list("")).to.deep.equal([3, "now", "later", "now too"]);
    expect(await list("page%5Blimit%5D=1&page%5Boffset%5D=1")).to.deep.equal([3, "later"]);
    expect(await list("current_only=true")).to.deep.equal([2, "now", "now too"]);
    const wrong = await on.send(`GET ${path}?page%5Blimit%5D=x`);
    expect(errorsOf(wrong)).to.deep.equal(['Invalid page[limit] "x": must be a whole number']);
  });

  it("are answered 404 when unknown", async () => {
    const { send } = standIn();
    const gone = { status: 404, body: { errors: ["Downtime not found"] } };
    const nothing = { data: { id: "x", type: "downtime", attributes: {} } };

    expect(await send(`GET ${path}/x`)).to.deep.equal(gone);
    expect(await send(`PATCH ${path}/x`, nothing)).to.deep.equal(gone);
    expect(await send(`DELETE ${path}/x`)).to.deep.equal(gone);
  });
});
