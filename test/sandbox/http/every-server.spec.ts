import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { listen } from "../../../sandbox/http/listener.ts";
import { controlApp } from "../../../sandbox/shop/control-app.ts";
import { startShop } from "../../../simulation/timeline/simulated-shop.ts";
import { standIn } from "../datadog/stand-in.ts";

/** What a page of the web can make a browser send: what the browser adds shows whose page it is. */
const attacks: readonly (readonly [what: string, headers: Record<string, string>])[] = [
  ["a name that was rebound to 127.0.0.1", { host: "rebound.example:PORT" }],
  ["a form of another site", { origin: "https://evil.example" }],
  ["a page in a sandboxed frame", { origin: "null" }],
  ["a page of another server of this machine", { origin: "http://127.0.0.1:1" }],
  ["a script of another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
];

interface Running {
  readonly port: number;
  /** What is asked of it, and would be answered 2xx or 3xx. */
  readonly paths: readonly (readonly [method: "GET" | "POST", path: string])[];
  close(): Promise<void>;
}

const servers: Readonly<Record<string, () => Promise<Running>>> = {
  "the Datadog stand-in": async () => {
    const { app } = standIn();
    await app.listen({ host: "127.0.0.1", port: 0 });
    return {
      port: (app.server.address() as AddressInfo).port,
      paths: [
        ["GET", "/sandbox/state"],
        ["POST", "/sandbox/reset"],
      ],
      close: () => app.close(),
    };
  },
  "the shop's control address": async () => {
    const handle = controlApp({ first: () => undefined, all: () => [] });
    const listener = await listen({
      handle,
      onFault: (error) => expect.fail(String(error)),
    });
    return {
      port: listener.port,
      paths: [["GET", "/sandbox/ledger"]],
      close: () => listener.close(),
    };
  },
  "the front-end of the shop": async () => {
    const shop = await startShop("weave");
    return {
      port: Number(new URL(shop.url("front-end")).port),
      paths: [
        ["GET", "/catalogue"],
        ["GET", "/"],
      ],
      close: () => shop.close(),
    };
  },
};

for (const [name, start] of Object.entries(servers)) {
  describe(`${name}, called by a page of somebody else`, () => {
    let running: Running;
    before(async () => {
      running = await start();
    });
    after(() => running.close());

    for (const [what, headers] of attacks) {
      it(`answers 403 to ${what}`, async () => {
        for (const [method, path] of running.paths) {
          expect(await statusOf(running.port, { method, path, headers })).to.equal(403, path);
        }
      });
    }

    it("answers a page of its own and a program", async () => {
      const host = `127.0.0.1:${running.port}`;
      const own = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
      for (const [method, path] of running.paths) {
        for (const headers of [own, {}] as Record<string, string>[]) {
          expect(await statusOf(running.port, { method, path, headers })).to.be.below(400, path);
        }
      }
    });
  });
}

describe("the sandbox's HTTP servers", () => {
  it("are all made by what holds the guard, or by the stand-in's app", () => {
    const root = join(import.meta.dirname, "..", "..", "..", "sandbox");
    const makers = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => /from "(?:node:http2?|node:https|fastify)"/.test(importsOf(root, file)))
      .filter((file) =>
        /\bcreateServer\(|\bFastify\(/.test(readFileSync(join(root, file), "utf8")),
      );

    expect(makers.sort()).to.deep.equal(["datadog/app.ts", "http/listener.ts"]);
  });
});

function importsOf(root: string, file: string): string {
  return readFileSync(join(root, file), "utf8").replaceAll(/import type .*/g, "");
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
}

function statusOf(port: number, { method, path, headers }: Asked): Promise<number> {
  const host = headers["host"]?.replace("PORT", String(port)) ?? `127.0.0.1:${port}`;
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path, headers: { ...headers, host } };
    const outgoing = request(options, (reply) => {
      reply.resume();
      reply.on("end", () => {
        resolve(reply.statusCode ?? 0);
      });
    });
    outgoing.once("error", reject);
    outgoing.end();
  });
}
