import { expect } from "chai";
import { routes } from "../../../sandbox/datadog/endpoints.ts";
import { errorsOf, metricMonitor, standIn } from "./stand-in.ts";

const withoutKey = { "dd-api-key": "" };
const withoutAppKey = { "dd-application-key": "" };

describe("the Datadog stand-in", () => {
  it("refuses every path of the API without an API key, before it looks at anything else", async () => {
    const { send } = standIn();

    for (const { method, path, errors } of routes) {
      const reply = await send(`${method} ${path}`, undefined, withoutKey);

      const detail = { status: "403", title: "Forbidden", detail: "Forbidden" };
      expect(reply, `${method} ${path}`).to.deep.equal({
        status: 403,
        body: { errors: [errors === "details" ? detail : "Forbidden"] },
      });
    }
  });

  it("wants the application key where Datadog does, and nowhere else", async () => {
    const { send } = standIn();
    const lax: string[] = [];
    for (const { method, path } of routes) {
      const reply = await send(`${method} ${path}`, undefined, withoutAppKey);
      if (reply.status !== 403) {
        lax.push(`${method} ${path}`);
      }
    }

    expect(lax).to.deep.equal([
      "GET /api/v1/validate",
      "POST /api/v2/logs",
      "POST /api/v2/series",
      "POST /api/v1/check_run",
      "POST /api/v1/events",
    ]);
  });

  it("takes a bearer token for both keys", async () => {
    const { send } = standIn();
    const headers = { ...withoutKey, ...withoutAppKey };

    const bearer = { ...headers, authorization: "Bearer token" };
    expect(await send("GET /api/v2/validate_keys", undefined, bearer)).to.deep.equal({
      status: 200,
      body: { status: "ok" },
    });
    const basic = { ...headers, authorization: "Basic dTpw" };
    expect((await send("GET /api/v2/validate_keys", undefined, basic)).status).to.equal(403);
  });

  it("answers an unknown path with 501, says what it is, and records it", async () => {
    const { send, state } = standIn();

    const reply = await send("POST /api/v2/spans", [{ message: "m" }], withoutKey);

    expect(reply.status).to.equal(501);
    expect(errorsOf(reply)).to.deep.equal([
      "this is the Datadog stand-in of the sandbox, not Datadog: it does not know POST /api/v2/spans",
    ]);
    expect(state().unknown).to.deep.equal([
      {
        at: "2027-01-05T10:00:00.000Z",
        method: "POST",
        url: "/api/v2/spans",
        status: 501,
        known: false,
      },
    ]);
  });

  it("knows a path by its method too", async () => {
    const { send } = standIn();

    expect((await send("PATCH /api/v1/monitor/1")).status).to.equal(501);
    const head = await standIn().app.inject({ method: "HEAD", url: "/api/v1/validate" });
    expect(head.statusCode).to.equal(501);
  });

  it("refuses and records a query parameter it cannot honour", async () => {
    const { send, state } = standIn();

    const reply = await send("GET /api/v1/monitor?force=alert");

    expect(reply.status).to.equal(501);
    expect(errorsOf(reply)).to.deep.equal([
      'the Datadog stand-in of the sandbox does not know the query parameter "force" of GET /api/v1/monitor',
    ]);
    expect(state().unknown.map(({ url }) => url)).to.deep.equal(["/api/v1/monitor?force=alert"]);
  });

  it("records no key, neither of headers nor of the address", async () => {
    const { send, app } = standIn();
    await send("GET /api/v1/validate?api_key=SECRET1&application_key=SECRET2");
    await send("GET /nowhere?x=1&api_key=SECRET1");
    await send("POST /api/v1/monitor", metricMonitor());

    const record = await app.inject("/sandbox/requests");
    const state = await app.inject("/sandbox/state");

    expect(record.body).to.contain("/nowhere?x=1&api_key=***");
    expect(record.body + state.body).to.not.match(/SECRET|-key-of-the-test/);
  });

  it("repeats no key in its refusals", async () => {
    const { send } = standIn();

    const reply = await send("GET /nowhere?api_key=SECRET1");

    expect(JSON.stringify(reply.body)).to.contain("api_key=***").and.to.not.contain("SECRET1");
  });

  const malformed: [string, string, RegExp][] = [
    ["malformed JSON", "{", /^Invalid JSON: /],
    ["JSON nested 101 deep", `${"[".repeat(101)}${"]".repeat(101)}`, /nests too deep/],
    ["an empty body", "", /^Invalid payload: the body is missing: must be an object$/],
    ["an array", "[]", /^Invalid payload: the body is an array: must be an object$/],
    ["null", "null", /^Invalid payload: the body is null: must be an object$/],
  ];
  for (const [name, body, sentence] of malformed) {
    it(`answers ${name} with 400`, async () => {
      const reply = await standIn().send("POST /api/v1/monitor", body);

      expect(reply.status).to.equal(400);
      expect(errorsOf(reply)).to.have.lengthOf(1);
      expect(errorsOf(reply)[0]).to.match(sentence);
    });
  }

  it("takes nesting to 100, and brackets within texts do not count", async () => {
    const { send } = standIn();
    const deep = `{"type":"log alert","x":${"[".repeat(99)}${"]".repeat(99)},"y":"${"[".repeat(200)}\\""}`;

    const reply = await send("POST /api/v1/monitor", deep);

    expect(errorsOf(reply)).to.deep.equal([
      "Invalid payload: 'query' is missing: must be present (string)",
    ]);
  });

  it("answers another content type and compression with 415", async () => {
    const { send } = standIn();
    const text = await send("POST /api/v1/monitor", "x", { "content-type": "text/plain" });
    const gzip = await send("POST /api/v1/monitor", "{}", { "content-encoding": "gzip" });

    expect([text.status, gzip.status]).to.deep.equal([415, 415]);
    expect(errorsOf(text)).to.deep.equal([
      'Unsupported Media Type "text/plain": send application/json',
    ]);
  });

  it("answers a body over 4 MiB with 413, and reads one just below", async () => {
    const { send } = standIn();
    const sized = (length: number) => JSON.stringify(metricMonitor({ message: "" })).padEnd(length);

    expect((await send("POST /api/v1/monitor", sized(4 * 1024 * 1024))).status).to.equal(200);
    expect((await send("POST /api/v1/monitor", sized(4 * 1024 * 1024 + 1))).status).to.equal(413);
  });

  it("reads GET and DELETE with a JSON content type and no body, as the provider sends them", async () => {
    const { send } = standIn();
    const json = { "content-type": "application/json" };

    expect((await send("DELETE /api/v1/dashboard/x", undefined, json)).status).to.equal(404);
    expect((await send("GET /api/v1/dashboard", undefined, json)).status).to.equal(200);
  });

  for (const host of ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil", "10.0.0.1"]) {
    it(`refuses the Host ${JSON.stringify(host)}, be it for its own surface`, async () => {
      const { app, send } = standIn();
      const page = await app.inject({ url: "/sandbox/state", headers: { host } });

      expect(page.statusCode).to.equal(403);
      expect((await send("GET /api/v1/validate", undefined, { host })).status).to.equal(403);
    });
  }

  for (const host of ["localhost", "127.0.0.1:2026", "127.0.0.53", "[::1]:2026", "LOCALHOST:80"]) {
    it(`takes the Host ${host}`, async () => {
      const reply = await standIn().send("GET /api/v1/validate", undefined, { host });

      expect(reply.status).to.equal(200);
    });
  }

  it("refuses what a page of another origin sends, and takes its own", async () => {
    const { app } = standIn();
    const host = "127.0.0.1:2026";
    const reset = async (origin: string) => {
      const headers = { host, origin };
      return (await app.inject({ method: "POST", url: "/sandbox/reset", headers })).statusCode;
    };

    for (const other of ["https://evil.example", "null", "http://127.0.0.1:3000"]) {
      expect(await reset(other), other).to.equal(403);
    }
    for (const other of ["http://localhost:2026", "https://127.0.0.1:2026", "http://127.0.0.1"]) {
      expect(await reset(other), other).to.equal(403);
    }
    expect(await reset("http://127.0.0.1:2026")).to.equal(200);
  });

  it("answers a malformed address with 400", async () => {
    const reply = await standIn().send("GET /api/v1/monitor/%zz");

    expect(reply).to.deep.equal({
      status: 400,
      body: { errors: ["'/api/v1/monitor/%zz' is not a valid url component"] },
    });
  });

  it("acknowledges nothing that it could not keep, and reports it in one line", async () => {
    const { send, state, reports } = standIn(() => Promise.reject(new Error("disk full")));

    const reply = await send("POST /api/v1/monitor", metricMonitor());

    expect(reply).to.deep.equal({ status: 500, body: { errors: ["disk full"] } });
    expect(state().monitors).to.deep.equal([]);
    expect(reports).to.deep.equal(["POST /api/v1/monitor: disk full"]);
  });
});
