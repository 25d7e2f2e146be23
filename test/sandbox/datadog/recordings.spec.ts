import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { idOf, type Reply, standIn, type StandIn } from "./stand-in.ts";

/** Recorded requests of the official plugin; not part of the project, so absent in most checkouts. */
const recordings = new URL("../../../../shared/facts/", import.meta.url);

interface Recorded {
  method: string;
  path: string;
  status: number;
  body?: unknown;
  /** What the recording server answered: mostly an echo of the request. */
  reply?: unknown;
  phase?: string;
}

function recorded(file: string): Recorded[] {
  const lines = readFileSync(new URL(file, recordings), "utf8").trim().split("\n");
  return lines.map((text) => {
    const line = JSON.parse(text) as Partial<Recorded> & { m?: string; u?: string; code?: number };
    const { m = "", u = "", code = 0 } = line;
    return { method: m, path: u, status: code, ...line };
  });
}

/** Plays recorded requests with the recorded ids put right, and notes what is answered otherwise. */
class Replayer {
  readonly mismatches: string[] = [];
  readonly standIn: StandIn = standIn();
  private readonly ours = new Map<string, string>();

  async play({ method, path, status, body }: Recorded): Promise<Reply> {
    const sent = body ? this.translated(JSON.stringify(body)) : undefined;
    const got = await this.standIn.send(`${method} ${this.translated(path)}`, sent);
    // The recording server answered a first GET of a dashboard with 404, as Datadog may; ours not.
    const isEarlyDashboard = status === 404 && path.startsWith("/api/v1/dashboard/");
    if (got.status !== (isEarlyDashboard ? 200 : status)) {
      this.mismatches.push(`${method} ${path}: ${got.status} ${JSON.stringify(got.body)}`);
    }
    return got;
  }

  learn(theirs: string, reply: Reply): void {
    this.ours.set(theirs, idOf(reply));
  }

  translated(text: string): string {
    return [...this.ours].reduce(
      (done, [theirs, id]) =>
        done.replaceAll(new RegExp(`(?<![\\w-])${theirs}(?![\\w-])`, "g"), id),
      text,
    );
  }
}

/**
 * The ids in the order in which the recording server gave them out: one count from 1000 on for
 * monitors, pipelines and downtimes; SLOs and dashboards as later requests name them.
 */
function givenIds(create: Recorded[], destroy: Recorded[]): (path: string) => string | undefined {
  let next = 999;
  const text = JSON.stringify(create);
  const burning = /burn_rate\(\\+"(\w+)/.exec(text)?.[1] ?? "";
  const removed = destroy.flatMap(({ path }) => /slo\/(\w+)$/.exec(path)?.[1] ?? []);
  const slos = [burning, ...removed.filter((id) => id !== burning)];
  const named = create.flatMap(({ path }) => /dashboard\/([\w-]+)$/.exec(path)?.[1] ?? []);
  const dashboards = [...new Set(named)];
  const counted = () => String((next += 1));
  const kinds: Partial<Record<string, () => string | undefined>> = {
    "/api/v1/monitor": counted,
    "/api/v1/logs/config/pipelines": () => Buffer.from(counted()).toString("base64url"),
    "/api/v2/downtime": () => `00000000-0000-4000-8000-00000000${counted()}`,
    "/api/v1/slo": () => slos.shift(),
    "/api/v1/dashboard": () => dashboards.shift(),
  };
  return (path) => kinds[path]?.();
}

/** Where ours lacks something that theirs holds; ids and times are of the run. */
function lacking(ours: unknown, theirs: unknown, path = "reply"): string[] {
  if (typeof theirs !== "object" || theirs === null) {
    return ours === theirs ? [] : [`${path}: ${JSON.stringify(ours)}`];
  }
  const inner = ours as Record<string, unknown> | undefined;
  return Object.entries(theirs).flatMap(([key, value]) =>
    /^(id|created_at|modified_at|deleted_monitor_id)$/.test(key)
      ? []
      : lacking(inner?.[key], value, `${path}.${key}`),
  );
}

describe("the recordings of the official plugin", () => {
  before(function () {
    if (!existsSync(recordings)) {
      console.log("      skipped: there are no recordings beside this checkout");
      this.skip();
    }
  });

  it("are answered with the recorded status: create, no-op, refresh and destroy", async () => {
    const replayer = new Replayer();
    const [create, noop, refresh, destroy] = ["create", "noop", "refresh", "destroy"].map((name) =>
      recorded(`datadog-wire/${name}.jsonl`),
    ) as [Recorded[], Recorded[], Recorded[], Recorded[]];
    const givenId = givenIds(create, destroy);

    for (const exchange of [...create, ...noop, ...refresh, ...destroy]) {
      const reply = await replayer.play(exchange);
      const theirs = exchange.method === "POST" ? givenId(exchange.path) : undefined;
      if (theirs !== undefined) {
        replayer.learn(theirs, reply);
      }
    }

    expect(replayer.mismatches).to.deep.equal([]);
    expect(replayer.standIn.state().unknown).to.deep.equal([]);
    expect(replayer.standIn.state().monitors).to.deep.equal([]);
  });

  it("are answered with all that the recorded replies of create and update hold", async () => {
    const replayer = new Replayer();
    const exchanges = recorded("datadog-wire.jsonl").filter(
      ({ phase }) => phase === "create" || phase === "update",
    );
    expect(exchanges.length).to.equal(25);

    const lacks: string[] = [];
    for (const exchange of exchanges) {
      const reply = await replayer.play(exchange);
      const body = exchange.reply as { id?: string | number; data?: { id: string }[] };
      const theirs = body.id ?? (Array.isArray(body.data) ? body.data[0]?.id : undefined);
      if (exchange.method === "POST" && theirs !== undefined) {
        replayer.learn(String(theirs), reply);
      }
      const translated = JSON.parse(replayer.translated(JSON.stringify(body))) as unknown;
      lacks.push(...lacking(reply.body, translated, `${exchange.method} ${exchange.path}`));
    }

    expect(replayer.mismatches).to.deep.equal([]);
    expect(lacks).to.deep.equal([]);
  });
});
