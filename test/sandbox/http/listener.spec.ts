import { expect } from "chai";
import { type IncomingHttpHeaders, request } from "node:http";
import { whyRefused } from "../../../sandbox/http/loopback-guard.ts";
import { listen } from "../../../sandbox/http/listener.ts";

function refusal(headers: IncomingHttpHeaders, method = "GET"): string | undefined {
  return whyRefused({ method, headers }, "cluster");
}

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
      expect(refusal({ host })).to.equal(undefined);
      expect(refusal({ host, origin: `http://${host.toLowerCase()}` })).to.equal(undefined);
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
      expect(refusal({ host })).to.match(/^Host /);
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
      expect(refusal({ host: "localhost:2027", origin })).to.match(/^Origin /);
    });
  }

  it("takes names of the cluster only where pods call each other", () => {
    const sent = { method: "GET", headers: { host: "payment:80" } };

    expect(whyRefused(sent, "cluster")).to.equal(undefined);
    expect(whyRefused(sent, "loopback")).to.match(/^Host /);
  });

  for (const site of ["cross-site", "same-site"]) {
    it(`refuses what a browser calls ${site}, but for a link that somebody follows`, () => {
      const headers = { host: "127.0.0.1:2026", "sec-fetch-site": site };
      const link = { ...headers, "sec-fetch-mode": "navigate" };

      expect(refusal({ ...headers, "sec-fetch-mode": "no-cors" })).to.match(/^Sec-Fetch-Site /);
      expect(refusal(headers)).to.match(/^Sec-Fetch-Site /);
      expect(refusal(link)).to.equal(undefined);
      expect(refusal(link, "POST")).to.match(/^Sec-Fetch-Site /);
    });
  }

  for (const site of ["same-origin", "none"]) {
    it(`takes what a browser calls ${site}`, () => {
      const headers = { host: "127.0.0.1:2026", "sec-fetch-site": site };

      expect(refusal(headers, "POST")).to.equal(undefined);
    });
  }

  it("refuses a request without Host", () => {
    expect(refusal({})).to.match(/^Host "" /);
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
    const image = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    expect(await send(image, "GET")).to.match(/^403 \{"error":"Sec-Fetch-Site /);
    expect(runs).to.equal(0);
    expect(await send({})).to.equal("200 fine");
    await server.close();
  });
});
