import { expect } from "chai";
import { request } from "node:http";
import { whyRefused } from "../../../sandbox/http/loopback-guard.ts";
import { listen } from "../../../sandbox/http/listener.ts";

describe("whyRefused", () => {
  for (const host of [
    "localhost",
    "LOCALHOST:2025",
    "127.0.0.1:2027",
    "127.1.2.3",
    "[::1]:80",
    "payment",
    "orders:80",
    "front-end.sock-shop.svc",
    "front-end.sock-shop.svc.cluster.local:80",
  ]) {
    it(`lets Host ${host} through, alone and with an Origin of its own`, () => {
      expect(whyRefused({ host })).to.equal(undefined);
      expect(whyRefused({ host, origin: `http://${host.toLowerCase()}` })).to.equal(undefined);
    });
  }

  for (const host of [
    "",
    "evil.example",
    "evil.example:2025",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "payment.evil",
    "a.svc.evil",
    "a b",
    "128.0.0.1",
    "[::2]",
  ]) {
    it(`refuses Host ${JSON.stringify(host)}`, () => {
      expect(whyRefused({ host })).to.match(/^Host /);
    });
  }

  for (const origin of [
    "https://evil.example",
    "http://localhost:3000",
    "http://localhost",
    "https://localhost:2027",
    "null",
    "",
  ]) {
    it(`refuses Origin ${JSON.stringify(origin)} at localhost:2027`, () => {
      expect(whyRefused({ host: "localhost:2027", origin })).to.match(/^Origin /);
    });
  }

  it("refuses a request without Host", () => {
    expect(whyRefused({})).to.match(/^Host "" /);
  });
});

describe("a server of the sandbox", () => {
  it("answers 403 to what a page of the web makes a browser send, and runs nothing", async () => {
    let runs = 0;
    const server = await listen({
      handle: () => {
        runs += 1;
        return Promise.resolve({ status: 200, body: "fine" });
      },
      onFault: (error) => expect.fail(String(error)),
    });
    const send = (headers: Record<string, string>, method = "POST"): Promise<string> =>
      new Promise((resolve, reject) => {
        const options = { host: "127.0.0.1", port: server.port, method, headers };
        const outgoing = request(options, (reply) => {
          let body = "";
          reply.on("data", (chunk: Buffer) => (body += chunk.toString()));
          reply.on("end", () => {
            resolve(`${reply.statusCode ?? 0} ${body.trim()}`);
          });
        });
        outgoing.once("error", reject);
        outgoing.end(method === "POST" ? "x" : undefined);
      });

    expect(await send({ host: "evil.example" }, "GET")).to.match(/^403 \{"error":"Host /);
    expect(await send({ origin: "https://evil.example" })).to.match(/^403 \{"error":"Origin /);
    expect(runs).to.equal(0);
    expect(await send({})).to.equal("200 fine");
    await server.close();
  });
});
