import { expect } from "chai";
import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { type StandIn, standIn } from "../stand-in.ts";

const now = Date.parse("2027-01-05T10:00:00.000Z");

interface Shown {
  readonly attributes: {
    readonly message: string;
    readonly attributes: Record<string, unknown>;
    readonly [name: string]: unknown;
  };
}

describe("the logs intake", () => {
  let on: StandIn;

  beforeEach(() => {
    on = standIn();
  });

  const found = async (query = "*", more: object = {}): Promise<Shown[]> => {
    await on.service.ingestion.idle();
    const body = {
      filter: { query, from: "now-1d", to: "now+1h" },
      page: { limit: 1000 },
      ...more,
    };
    const reply = await on.send("POST /api/v2/logs/events/search", body);
    expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
    return (reply.body as { data: Shown[] }).data;
  };

  it("takes what the agent sends, and gives its events their line feeds back", async () => {
    const log = {
      message: "failed\\n\tat a.B.c",
      status: "error",
      timestamp: now - 5000,
      hostname: "node-1",
      service: "sock-shop-orders",
      ddsource: "spring-boot",
      ddtags: "kube_namespace:sock-shop,env:demo",
    };
    const reply = await on.send("POST /api/v2/logs", [log], { "dd-evp-origin": "agent" });

    expect(reply).to.deep.equal({ status: 202, body: {} });
    const [one] = await found("service:sock-shop-orders status:error source:spring-boot env:demo");
    expect(one?.attributes).to.deep.equal({
      attributes: {},
      host: "node-1",
      message: "failed\n\tat a.B.c",
      service: "sock-shop-orders",
      status: "error",
      tags: ["kube_namespace:sock-shop", "env:demo", "source:spring-boot"],
      timestamp: "2027-01-05T09:59:55.000Z",
    });
  });

  it("takes one object, other keys as attributes, and a message that is JSON as attributes", async () => {
    await on.send("POST /api/v2/logs", {
      message: '{"msg":"hi","level":"warn","a":1}',
      b: { c: 2 },
    });

    const [one] = await found("@a:1 @b.c:2 status:warn");
    expect(one?.attributes.message).to.equal("hi");
    expect(one?.attributes.attributes).to.deep.equal({ a: 1, b: { c: 2 }, level: "warn" });
  });

  it("takes gzip, and counts a batch that comes again once", async () => {
    const send = async (): Promise<number> => {
      const reply = await on.app.inject({
        method: "POST",
        url: "/api/v2/logs",
        headers: {
          "dd-api-key": "k",
          "content-type": "application/json",
          "content-encoding": "gzip",
          "sandbox-batch": "b-1",
        },
        payload: gzipSync(JSON.stringify([{ message: "once" }])),
      });
      return reply.statusCode;
    };

    expect([await send(), await send()]).to.deep.equal([202, 202]);
    expect(await found()).to.have.length(1);
  });

  it("takes 1000 logs and refuses 1001", async () => {
    const logs = (count: number) => Array.from({ length: count }, () => ({ message: "m" }));

    expect((await on.send("POST /api/v2/logs", logs(1000))).status).to.equal(202);
    expect(await on.send("POST /api/v2/logs", logs(1001))).to.deep.equal({
      status: 400,
      body: {
        errors: [
          {
            status: "400",
            title: "Bad Request",
            detail: "1001 logs: at most 1000 in one request",
          },
        ],
      },
    });
  });

  it("refuses more than 5 MB, compressed or not, and what is no gzip", async () => {
    const large = JSON.stringify([{ message: "x".repeat(5 * 1024 * 1024) }]);
    const packed = async (payload: Buffer): Promise<number> => {
      const headers = { "dd-api-key": "k", "content-type": "application/json" };
      const reply = await on.app.inject({
        method: "POST",
        url: "/api/v2/logs",
        headers: { ...headers, "content-encoding": "gzip" },
        payload,
      });
      return reply.statusCode;
    };

    expect((await on.send("POST /api/v2/logs", large)).status).to.equal(413);
    expect(await packed(gzipSync(large))).to.equal(413);
    expect(await packed(Buffer.from("not gzip"))).to.equal(400);
  });

  it("asks to come again when too many logs wait, and loses none that it took", async () => {
    const { ingestion } = on.service;
    const batch = Array.from({ length: 1000 }, () => ({ message: "m" }));
    const statuses: number[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      statuses.push(ingestion.submit(`b${turn}`, []) === "full" ? 429 : 202);
    }
    expect(new Set(statuses)).to.deep.equal(new Set([202]));
    const replies = await Promise.all(
      batch.slice(0, 40).map(() => on.send("POST /api/v2/logs", batch)),
    );
    const taken = replies.filter(({ status }) => status === 202).length;
    await ingestion.idle();

    expect(on.service.telemetry.logs.count()).to.equal(taken * 1000);
    expect(replies.map(({ status }) => status)).to.satisfy((all: number[]) =>
      all.every((status) => status === 202 || status === 429),
    );
  }).timeout(30_000);

  it("takes any JSON without a crash or a lost log", async () => {
    let expected = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), async (logs) => {
        const reply = await on.send("POST /api/v2/logs", logs);
        expect(reply.status).to.equal(202);
        expected += logs.length;
      }),
      { numRuns: 50 },
    );
    await on.service.ingestion.idle();

    expect(on.service.telemetry.logs.count()).to.equal(expected);
    expect(on.reports).to.deep.equal([]);
  });

  it("pages through what it found without gap or repetition, either way", async () => {
    const logs = Array.from({ length: 25 }, (_, number) => ({ message: `m${number}` }));
    await on.send("POST /api/v2/logs", logs);
    await on.service.ingestion.idle();
    for (const sort of ["timestamp", "-timestamp"]) {
      const messages: string[] = [];
      let cursor: string | undefined;
      do {
        const reply = await on.send("POST /api/v2/logs/events/search", {
          sort,
          page: { limit: 10, ...(cursor && { cursor }) },
        });
        const body = reply.body as { data: Shown[]; meta: { page?: { after?: string } } };
        messages.push(...body.data.map(({ attributes }) => attributes.message));
        cursor = body.meta.page?.after;
      } while (cursor !== undefined);
      const all = logs.map(({ message }) => message);
      expect(messages).to.deep.equal(sort === "timestamp" ? all : all.toReversed());
    }
  });

  it("refuses a search that it does not understand, and says what", async () => {
    const ask = async (filter: object): Promise<unknown> =>
      (await on.send("POST /api/v2/logs/events/search", { filter })).body;

    expect(await ask({ query: "service:(a OR" })).to.deep.equal({
      errors: ['the search "service:(a OR" is not understood: it ends where a term should stand'],
    });
    expect(await ask({ from: "yesterday" })).to.deep.equal({
      errors: [
        'filter.from is "yesterday": must be now, now-15m, ISO 8601 or milliseconds since 1970',
      ],
    });
  });

  it("counts log-based metrics by ten seconds and group, from logs of the last 20 minutes", async () => {
    const attributes = {
      compute: { aggregation_type: "count" },
      filter: { query: "service:orders @evt.name:*" },
      group_by: [{ path: "@evt.name", tag_name: "evt_name" }],
    };
    const created = await on.send("POST /api/v2/logs/config/metrics", {
      data: { id: "shop.events", type: "logs_metrics", attributes },
    });
    expect(created.status).to.equal(200);
    const log = (ago: number, name: string) => {
      return { service: "orders", timestamp: now - ago, evt: { name }, message: "m" };
    };
    await on.send("POST /api/v2/logs", [
      log(1000, "paid"),
      log(2000, "paid"),
      log(1000, "failed"),
      log(20 * 60_000, "old"),
      log(20 * 60_000 + 1, "older"),
      { service: "orders", message: "no event" },
    ]);
    await on.service.ingestion.idle();

    const series = on.service.telemetry.metrics.series("shop.events", 0, now);
    expect(series.map(({ tags, points }) => [tags, points])).to.have.deep.members([
      [["evt_name:paid"], [{ at: now - 10_000, value: 2 }]],
      [["evt_name:failed"], [{ at: now - 10_000, value: 1 }]],
      [["evt_name:old"], [{ at: now - 20 * 60_000, value: 1 }]],
    ]);
  });
});
