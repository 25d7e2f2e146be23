import { createServer, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { apiClient } from "../../../../../sandbox/plugins/datadog/api/api.ts";
import { providerSettings } from "../../../../../sandbox/plugins/datadog/provider-settings.ts";

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

describe("the client of the Datadog API", () => {
  let server: Server;
  let answers: Answer[];
  let requests: IncomingMessage[];
  const never = new AbortController().signal;

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(request);
      const { status, body, headers } = answers.shift() ?? { status: 599, body: "{}" };
      response.writeHead(status, headers).end(body);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = (signal = never) =>
    apiClient(
      providerSettings({ apiUrl: address(), apiKey: "api-key", appKey: "app-key" }, {}),
      signal,
    );

  it("sends both keys and answers the body", async () => {
    answers = [{ status: 200, body: '{"id":1}' }];

    const body = await client()({ method: "GET", path: "/api/v1/monitor/1" });

    expect(body).to.deep.equal({ id: 1 });
    expect(requests[0]?.url).to.equal("/api/v1/monitor/1");
    expect(requests[0]?.headers["dd-api-key"]).to.equal("api-key");
    expect(requests[0]?.headers["dd-application-key"]).to.equal("app-key");
  });

  it("answers nothing for an empty body", async () => {
    answers = [{ status: 204, body: "" }];

    expect(await client()({ method: "DELETE", path: "/x" })).to.deep.equal({});
  });

  it("repeats a request that met the rate limit", async () => {
    const limited = { status: 429, body: "{}", headers: { "x-ratelimit-reset": "0" } };
    answers = [limited, limited, { status: 200, body: '{"ok":true}' }];

    expect(await client()({ method: "POST", path: "/x", body: {} })).to.deep.equal({ ok: true });
    expect(requests.length).to.equal(3);
  });

  it("gives up after the last repetition", async () => {
    const limited = {
      status: 429,
      body: '{"errors":["slow"]}',
      headers: { "x-ratelimit-reset": "0" },
    };
    answers = [limited, limited, limited, limited];

    const error = await client()({ method: "GET", path: "/x" }).catch((thrown: unknown) => thrown);

    expect(String(error)).to.equal(`PluginError: Datadog answered 429 to GET ${address()}/x: slow`);
    expect(requests.length).to.equal(4);
  });

  it("says what the API says, in both of its forms", async () => {
    answers = [
      { status: 400, body: '{"errors":["no query","no type"]}' },
      { status: 404, body: '{"errors":[{"title":"Generic Error","detail":"not found"}]}' },
      { status: 400, body: "<html>" },
    ];
    const ask = async () =>
      String(await client()({ method: "GET", path: "/x" }).catch((thrown: unknown) => thrown));

    const to = `to GET ${address()}/x`;
    expect(await ask()).to.equal(`PluginError: Datadog answered 400 ${to}: no query; no type`);
    expect(await ask()).to.equal(
      `PluginError: Datadog answered 404 ${to}: Generic Error: not found`,
    );
    expect(await ask()).to.equal(`PluginError: Datadog answered 400 ${to}`);
    expect(requests.length).to.equal(3);
  });

  it("names the keys when they are refused, and never shows them", async () => {
    answers = [{ status: 403, body: '{"errors":["Forbidden"]}' }];

    const error = await client()({ method: "GET", path: "/x" }).catch((thrown: unknown) => thrown);

    expect(String(error)).to.equal(
      `PluginError: Datadog answered 403 to GET ${address()}/x: Forbidden ` +
        "(check the provider's apiKey, appKey and that apiUrl is of the same site)",
    );
  });

  it("names the URL and the remedy when nobody listens", async () => {
    const gone = address();
    server.close();
    await once(server, "close");

    const ask = apiClient(providerSettings({ apiUrl: gone }, {}), never);
    const error = await ask({ method: "GET", path: "/x" }).catch((thrown: unknown) => thrown);

    expect(String(error)).to.equal(
      `PluginError: the Datadog API at ${gone} cannot be reached (ECONNREFUSED): start the ` +
        "sandbox's stand-in with `make up`, or set the provider's apiUrl to an API that is up",
    );
  });

  it("stops waiting when the update is cancelled", async () => {
    answers = [{ status: 503, body: "{}" }];
    const cancelled = new AbortController();

    const asked = client(cancelled.signal)({ method: "GET", path: "/x" }).catch(
      (thrown: unknown) => (thrown as Error).name,
    );
    cancelled.abort();

    expect(await asked).to.be.oneOf(["AbortError", "PluginError"]);
  });
});
