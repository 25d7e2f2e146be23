import { expect } from "chai";
import { pageAssets } from "../../../../sandbox/page/serve/scripts.ts";
import { pagePaths } from "../../../../sandbox/page/serve/page.ts";
import { metricMonitor, standIn } from "../../datadog/stand-in.ts";

const mostBytes = 60 * 1024;

/** A path as a browser would ask for it. */
function concrete(path: string): string {
  return path.replace(":id", "1").replace(":slug", "slug");
}

describe("the page of the Datadog stand-in", () => {
  it("is served at every one of Datadog's paths, whatever stands behind them", async () => {
    const { app } = standIn();
    for (const path of pagePaths) {
      const reply = await app.inject(`${concrete(path)}?from_ts=1&odd=<script>`);
      expect(reply.statusCode, path).to.equal(200);
      expect(reply.headers["content-type"], path).to.equal("text/html; charset=utf-8");
      expect(reply.body, path).to.contain("This is <strong>not Datadog</strong>");
    }
  });

  it("holds nothing of what was declared or asked: that comes as JSON", async () => {
    const { app, send } = standIn();
    await send("POST /api/v1/monitor", metricMonitor({ name: "<script>alert(1)</script>" }));

    const { body } = await app.inject("/monitors/manage?q=<script>alert(2)</script>");

    expect(body).to.not.match(/alert\(/);
  });

  it("allows no script but its own files, no style inline, no request elsewhere", async () => {
    const { app } = standIn();
    const { headers, body } = await app.inject("/");
    const policy = String(headers["content-security-policy"]).split("; ");

    expect(policy).to.have.members([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(headers["x-content-type-options"]).to.equal("nosniff");
    expect(body).to.not.match(/<script(?![^>]*\bsrc=")|<style|\son\w+=|\sstyle=|https?:/);
  });

  it("sends its TypeScript as one script, compressed where the browser takes it", async () => {
    const { app } = standIn();
    const gzip = { "accept-encoding": "gzip" };
    const plain = await app.inject("/page/main.js");
    const gzipped = await app.inject({ url: "/page/main.js", headers: gzip });

    expect(plain.headers["content-type"]).to.equal("text/javascript; charset=utf-8");
    expect(plain.body).to.match(/sourceMappingURL=main\.js\.map\s*$/);
    expect(plain.body).to.not.match(/\bimport\b[ {*"]/);
    expect(gzipped.headers["content-encoding"]).to.equal("gzip");
    expect(gzipped.rawPayload.length).to.be.lessThan(plain.rawPayload.length);
  });

  it("sends nothing again that the browser has", async () => {
    const { app } = standIn();
    const { headers } = await app.inject("/page/style.css");
    const again = await app.inject({
      url: "/page/style.css",
      headers: { "if-none-match": String(headers.etag) },
    });

    expect([again.statusCode, again.body]).to.deep.equal([304, ""]);
  });

  it("serves no file but its own", async () => {
    const { app } = standIn();
    for (const path of [
      "/page/../package.json",
      "/page/%2e%2e/serve/page.ts",
      "/page/tsconfig.json",
    ]) {
      const { statusCode } = await app.inject(path);
      expect(statusCode, path).to.be.oneOf([404, 501]);
    }
  });

  it("has less than 60 KB of compressed script in all", async () => {
    const assets = [...(await pageAssets())];
    const scripts = assets.filter(([, { type }]) => type.includes("javascript"));
    const bytes = scripts.reduce((sum, [, { gzipped }]) => sum + gzipped.length, 0);

    expect(assets.map(([path]) => path).toSorted()).to.deep.equal([
      "/page/main.js",
      "/page/main.js.map",
      "/page/style.css",
      "/page/style.css.map",
    ]);
    expect(bytes).to.be.lessThan(mostBytes);
  });

  it("leaves no trace in the list of requests, but for one that the API does not know", async () => {
    const { app, send } = standIn();
    const browser = {
      "sec-fetch-site": "same-origin",
      "dd-api-key": "x",
      "dd-application-key": "x",
    };
    await app.inject("/monitors/manage?q=a");
    await app.inject("/page/main.js");
    await app.inject({ url: "/api/v1/monitor", headers: browser });
    expect((await send("GET /sandbox/requests")).body).to.deep.equal({ requests: [] });

    await app.inject({ url: "/api/v9/nothing", headers: browser });

    const { requests } = (await send("GET /sandbox/requests?unknown")).body as {
      requests: { url: string }[];
    };
    expect(requests.map(({ url }) => url)).to.deep.equal(["/api/v9/nothing"]);
  });
});
