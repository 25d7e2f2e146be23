import { expect } from "chai";
import { errorsOf, type StandIn } from "../stand-in.ts";
import { now, withData } from "../query/stored.ts";

const events = [
  { title: "Incident entered", tags: ["incident:payment-failure", "host:n1"], ago: 600 },
  { title: "Deployment finished", tags: ["service:orders"], ago: 300, alert_type: "success" },
  { title: "Incident left", tags: ["incident:payment-failure"], ago: 60, alert_type: "error" },
] as const;

async function posted(): Promise<StandIn> {
  const on = withData({});
  for (const { ago, ...event } of events) {
    const body = { text: "said", date_happened: now / 1000 - ago, ...event };
    expect((await on.send("POST /api/v1/events", body)).status).to.equal(202);
  }
  return on;
}

interface Page {
  readonly data: {
    readonly id: string;
    readonly attributes: {
      readonly timestamp: string;
      readonly attributes: Record<string, unknown>;
    };
  }[];
  readonly meta: { readonly page?: { readonly after: string } };
  readonly links?: { readonly next: string };
}

async function found(on: StandIn, request: string, body?: unknown): Promise<Page> {
  const reply = await on.send(request, body);
  expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
  return reply.body as Page;
}

function titles({ data }: Page): unknown[] {
  return data.map(({ attributes }) => attributes.attributes["title"]);
}

describe("the search for events", () => {
  const searches: [query: string, expected: string[]][] = [
    ["*", ["Incident left", "Deployment finished", "Incident entered"]],
    ["", ["Incident left", "Deployment finished", "Incident entered"]],
    ["incident:payment-failure", ["Incident left", "Incident entered"]],
    ["Incident -left", ["Incident entered"]],
    ["service:orders", ["Deployment finished"]],
    ["host:n1", ["Incident entered"]],
    ["status:error", ["Incident left"]],
    ["source:api said", ["Incident left", "Deployment finished", "Incident entered"]],
    ["source:kubernetes", []],
  ];
  for (const [query, expected] of searches) {
    it(`finds by ${JSON.stringify(query)}, newest first, in both forms`, async () => {
      const on = await posted();
      const body = { filter: { query, from: "now-1h", to: "now" } };
      const text = new URLSearchParams({ "filter[query]": query, "filter[from]": "now-1h" });

      expect(titles(await found(on, "POST /api/v2/events/search", body))).to.deep.equal(expected);
      expect(titles(await found(on, `GET /api/v2/events?${text.toString()}`))).to.deep.equal(
        expected,
      );
    });
  }

  it("has both ends of the time inside", async () => {
    const on = await posted();
    const ask = async (from: number, to: number) => {
      const filter = { from: String(now - from * 1000), to: String(now - to * 1000) };
      return titles(await found(on, "POST /api/v2/events/search", { filter }));
    };

    expect(await ask(300, 60)).to.deep.equal(["Incident left", "Deployment finished"]);
    expect(await ask(299, 61)).to.deep.equal([]);
  });

  it("looks back 15 minutes where nothing is said", async () => {
    expect(titles(await found(await posted(), "POST /api/v2/events/search", {}))).to.have.length(3);
  });

  it("goes from page to page, oldest first where it is asked for", async () => {
    const on = await posted();
    const first = await found(on, "GET /api/v2/events?sort=timestamp&page%5Blimit%5D=2");
    const next = new URL(first.links?.next ?? "");
    const second = await found(on, `GET ${next.pathname}${next.search}`);

    expect(titles(first)).to.deep.equal(["Incident entered", "Deployment finished"]);
    expect(titles(second)).to.deep.equal(["Incident left"]);
    expect(second.meta.page).to.equal(undefined);
    expect(second.links).to.equal(undefined);
  });

  it("shows an event with its times, source and status, alone too", async () => {
    const on = await posted();
    const [event] = (await found(on, "GET /api/v2/events")).data;
    const alone = await on.send(`GET /api/v2/events/${event?.id}`);

    expect(event?.attributes.timestamp).to.equal("2027-01-05T09:59:00.000Z");
    expect(event?.attributes.attributes).to.deep.include({
      title: "Incident left",
      timestamp: now - 60_000,
      date_happened: now - 60_000,
      source_type_name: "api",
      status: "error",
      priority: "normal",
    });
    expect(alone.body).to.deep.equal({ data: event });
    expect((await on.send("GET /api/v2/events/1")).status).to.equal(404);
  });

  it("names the monitor of an alert", async () => {
    const on = withData({});
    await on.change((state) => ({
      ...state,
      monitors: [{ id: 7, name: "payment is down", tags: [], message: "m" }] as never,
      events: [
        {
          ...{ id: 9, title: "[Triggered] payment is down", text: "m", tags: ["source:monitor"] },
          ...{ date_happened: now / 1000, priority: null, alert_type: "error", monitor_id: 7 },
        },
      ],
    }));
    const [event] = (await found(on, "GET /api/v2/events")).data;

    expect(event?.attributes.attributes).to.deep.include({ monitor_id: 7, status: "error" });
    expect(event?.attributes.attributes["monitor"]).to.include({ name: "payment is down" });
  });

  for (const [what, request, why] of [
    ["a sort", "GET /api/v2/events?sort=title", /^sort is "title": must be timestamp/],
    ["a limit", "GET /api/v2/events?page%5Blimit%5D=0", /^page.limit is 0: must be from 1 to 1000/],
    ["a cursor", "GET /api/v2/events?page%5Bcursor%5D=x", /^page.cursor was not issued/],
    ["a time", "GET /api/v2/events?filter%5Bfrom%5D=soon", /^filter.from is "soon": must be now/],
    ["a search", "GET /api/v2/events?filter%5Bquery%5D=%28", /./],
  ] as const) {
    it(`refuses ${what} that it cannot read`, async () => {
      const reply = await withData({}).send(request);

      expect(reply.status).to.equal(400);
      expect(errorsOf(reply).join()).to.match(why);
    });
  }
});
