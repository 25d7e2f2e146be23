import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { freePort } from "../../../sandbox/host/ports.ts";
import { type LabRun, runCli } from "../../support/cli.ts";

// A server that answers as the real API does: pages, limits, refusals, and a proxy's page.

const keys = { apiKey: "0123456789abcdef0123456789abcdef", appKey: "app-key-of-forty-characters" };

/** What the API says besides `errors` when it refuses a key. */
const forbidden = {
  status: "error",
  code: 403,
  errors: ["Forbidden"],
  statuspage: "http://status.datadoghq.com",
  twitter: "http://twitter.com/datadogops",
  email: "support@datadoghq.com",
};

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

describe("an account of Datadog", () => {
  let server: Server;
  let url: string;
  let answer: (request: URL, body: string) => Reply;
  const asked: { line: string; keys: unknown[]; body: string }[] = [];

  before(async () => {
    server = createServer((request, response) => void serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked.length = 0;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await text(request);
    const { "dd-api-key": apiKey, "dd-application-key": appKey } = request.headers;
    const line = `${request.method ?? ""} ${request.url ?? ""}`;
    asked.push({ line, keys: [apiKey, appKey], body: sent });
    const { status = 200, headers = {}, body } = answer(new URL(request.url ?? "", url), sent);
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  }

  /** Runs `lab` on stack dev with the keys; no output may show them. */
  async function lab(
    argv: readonly string[],
    config: Readonly<Record<string, string>> = {},
  ): Promise<LabRun> {
    const all = { datadogApiUrl: url, datadogApiKey: keys.apiKey, datadogAppKey: keys.appKey };
    const entries = Object.entries({ ...all, ...config });
    const values = entries.map(([key, value]) => [`sock-shop:${key}`, { value }] as const);
    const stdout = JSON.stringify(Object.fromEntries(values));
    const run = await runCli([...argv, "--stack", "dev", "--verbose"], {
      answer: () => ({ stdout }),
    });
    for (const key of Object.values(keys)) expect(run.stdout + run.stderr).not.to.contain(key);
    return run;
  }

  /** First line of what a failing command says: `--verbose` puts its stack below. */
  const complaint = ({ stderr }: LabRun): string =>
    stderr.split("\n")[0]?.replace("lab: Error: ", "lab: ") ?? "";

  const monitor = (id: number, state = "OK", more: object = {}) => {
    const since = "2027-01-05T10:00:00.123456+00:00";
    const fields = { name: `m${id}`, priority: null, tags: [], overall_state: state };
    return { id, ...fields, overall_state_modified: since, ...more };
  };

  it("is asked for the stack's monitors page by page, with both keys", async () => {
    const all = Array.from({ length: 237 }, (_, index) => monitor(1000 + index));
    answer = ({ searchParams }) => {
      const size = Number(searchParams.get("page_size"));
      const from = Number(searchParams.get("page")) * size;
      return { body: all.slice(from, from + size) };
    };

    const { code, stdout } = await lab(["monitors"], { clusterName: "kind-1" });

    expect(code).to.equal(0);
    expect(stdout.trim().split("\n")).to.have.length(237);
    expect(stdout).to.match(/^OK +2027-01-05T10:00:00Z +- +m1236 /m);
    const path = "GET /api/v1/monitor?group_states=all&monitor_tags=";
    const tags = "managed-by%3Apulumi%2Cteam%3Asock-shop%2Ckube_cluster_name%3Akind-1";
    expect(asked.map(({ line }) => line)).to.deep.equal(
      [0, 1, 2].map((page) => `${path}${tags}&page=${page}&page_size=100`),
    );
    for (const { keys: sent } of asked) expect(sent).to.deep.equal([keys.apiKey, keys.appKey]);
  });

  it("is not asked for ever when it knows no pages", async () => {
    const all = Array.from({ length: 100 }, (_, index) => monitor(index));
    answer = () => ({ body: all });

    expect((await lab(["monitors"])).stdout.trim().split("\n")).to.have.length(100);
    expect(asked).to.have.length(2);
  });

  it("may have states and groups that the stand-in never shows", async () => {
    const groups = { "host:n1": { name: "host:n1", status: "No Data", last_nodata_ts: 1 } };
    const options = { new_group_delay: 300 };
    answer = () => ({
      body: [
        monitor(1),
        monitor(2, "Skipped", { overall_state_modified: null }),
        monitor(3, "No Data", { state: { groups: {} }, options }),
        monitor(4, "No Data", { state: { groups }, options }),
        monitor(5, "Alert"),
      ],
    });

    const { code, stdout } = await lab(["monitors"]);

    const rows = stdout
      .trim()
      .split("\n")
      .map((line) =>
        line
          .replace(/http\S+/, "")
          .replaceAll(/ {2,}/g, " | ")
          .trim(),
      );
    expect(rows).to.deep.equal([
      "Alert | 2027-01-05T10:00:00Z | - | m5 |",
      "No Data | 2027-01-05T10:00:00Z | - | m3 |",
      "| no group yet: new groups are ignored for 300 s",
      "No Data | 2027-01-05T10:00:00Z | - | m4 |",
      "| No Data: host:n1",
      "Skipped | - | - | m2 |",
      "OK | 2027-01-05T10:00:00Z | - | m1 |",
    ]);
    expect(code).to.equal(1);
  });

  it("is searched for logs, the newest of them", async () => {
    const attributes = {
      timestamp: "2027-01-05T10:00:00.000Z",
      status: "error",
      service: "orders",
      message: "Payment failed",
      tags: ["kube_namespace:sock-shop"],
      attributes: { order: { id: "1" } },
    };
    answer = () => ({ body: { data: [{ id: "a", type: "log", attributes }], meta: {} } });

    const { code, stdout } = await lab(["logs", "service:orders", "--from", "1h", "--limit", "5"]);

    expect([code, stdout]).to.deep.equal([
      0,
      "2027-01-05T10:00:00.000Z  error  orders  Payment failed\n",
    ]);
    expect(asked.map(({ line }) => line)).to.deep.equal(["POST /api/v2/logs/events/search"]);
    expect(JSON.parse(asked[0]?.body ?? "")).to.deep.equal({
      filter: { query: "service:orders", from: "now-1h", to: "now" },
      page: { limit: 5 },
      sort: "-timestamp",
    });
  });

  for (const [command, scope] of [
    [["monitors"], "monitors_read"],
    [["logs", "a"], "logs_read_data"],
  ] as const) {
    describe(`says in one line of lab ${command[0]}`, () => {
      it("that a key is refused, and what keys it wants", async () => {
        const refusals = [
          { status: 403, body: forbidden },
          { status: 401, body: { errors: ["Unauthorized"] } },
        ];
        for (const refused of refusals) {
          answer = () => refused;
          const run = await lab(command);

          expect(run.code).to.equal(1);
          expect(complaint(run)).to.equal(
            `lab: ${url} refuses the keys (${refused.status}: ${refused.body.errors.join()}); ` +
              "sock-shop:datadogApiKey and sock-shop:datadogAppKey must be of an account on that " +
              `site (sock-shop:datadogSite), and an application key with scopes needs ${scope}`,
          );
        }
      });

      it("that it must wait, and for how long", async () => {
        const headers = {
          "X-RateLimit-Limit": "300",
          "X-RateLimit-Period": "60",
          "X-RateLimit-Remaining": "0",
          "X-RateLimit-Reset": "14",
          "X-RateLimit-Name": "some_limit",
        };
        answer = () => ({ status: 429, headers, body: { errors: ["Too many requests"] } });
        const run = await lab(command);

        expect(run.code).to.equal(1);
        expect(complaint(run)).to.equal(
          `lab: ${url} limits requests (429, 300 requests in 60 s are allowed); try again in 14 s`,
        );
      });

      it("that Datadog is in trouble, or a proxy answers instead", async () => {
        answer = () => ({ status: 502, body: "<html>\n<h1>502 Bad Gateway</h1>\n</html>" });
        const trouble = await lab(command);
        answer = () => ({ body: "<html>log in first</html>" });
        const portal = await lab(command);

        expect([trouble.code, portal.code]).to.deep.equal([1, 1]);
        expect(complaint(trouble)).to.match(/ with 502; see https:\/\/status\.datadoghq\.com$/);
        expect(complaint(portal)).to.match(
          / did not answer .+ with JSON; check sock-shop:datadogApiUrl/,
        );
      });

      it("which part of the question is wrong, without the keys that the answer repeats", async () => {
        const errors = [`bad\nquery for ${keys.apiKey} and ${keys.appKey}`];
        answer = () => ({ status: 400, body: { errors } });
        const run = await lab(command);

        expect(complaint(run)).to.match(/ with 400: bad query for \[secret\] and \[secret\]$/);
      });

      it("that nothing answers, and why", async () => {
        const nobody = `http://127.0.0.1:${await freePort()}`;
        const run = await lab(command, { datadogApiUrl: nobody });

        expect(run.code).to.equal(1);
        expect(complaint(run)).to.equal(
          `lab: ${nobody} does not answer (ECONNREFUSED); ` +
            "check the network, and sock-shop:datadogSite",
        );
      });

      it("that a key cannot be one, before anything is asked", async () => {
        const run = await lab(command, { datadogAppKey: `${keys.appKey}\n${keys.apiKey}` });

        expect(run.code).to.equal(1);
        expect(complaint(run)).to.contain(
          "sock-shop:datadogAppKey holds a blank, a line break or a letter that no key has; " +
            "set it with: pulumi config set --secret datadogAppKey --stack dev",
        );
        expect(asked).to.deep.equal([]);
      });

      it("that there is no such site, and which there are", async () => {
        const run = await lab(command, { datadogSite: "us4.datadoghq.com" });

        expect(complaint(run)).to.match(
          /sock-shop:datadogSite is "us4\.datadoghq\.com"; choose datadoghq\.com, us3\./,
        );
        expect(asked).to.deep.equal([]);
      });
    });
  }
});
