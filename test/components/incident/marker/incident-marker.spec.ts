import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { execa } from "execa";
import {
  eventOf,
  type MarkerInput,
  markLine,
  markWarning,
  parseMark,
  stateBefore,
} from "../../../../components/incident/marker/mark.ts";
import { ofType, valueOf } from "../../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../../simulation/declared/stack-graph.ts";

const root = new URL("../../../../", import.meta.url);
const place = { stack: "dev", clusterName: "kind-1", namespace: "socks", env: "demo" };

describe("a marker's event", () => {
  const event = (from: string, state: string) => eventOf(from, { ...place, url: "", state }, "Ada");

  it("says on entering what was staged, where and by whom", () => {
    expect(event("none", "payment-down")).to.deep.equal({
      title: "Sock Shop: incident payment-down is staged",
      text: "Stack dev, namespace socks of cluster kind-1. By Ada.",
      tags: [
        "marker:incident",
        "incident:payment-failure",
        "phase:start",
        "mode:payment-down",
        "state:payment-down",
        "who:Ada",
        "stack:dev",
        "kube_cluster_name:kind-1",
        "kube_namespace:socks",
        "env:demo",
        "managed-by:pulumi",
      ],
      aggregation_key: "sock-shop-incident socks kind-1",
      alert_type: "warning",
    });
  });

  it("says on leaving what is over", () => {
    const left = event("payment-down", "none");

    expect(left).to.include({
      title: "Sock Shop: incident payment-down is over",
      alert_type: "success",
    });
    expect(left.tags).to.include.members(["phase:recovered", "mode:payment-down", "state:none"]);
  });

  it("says on going from one incident to another which took which's place", () => {
    const changed = event("payment-down", "payment-slow");

    expect(changed.title).to.equal(
      "Sock Shop: incident payment-slow is staged instead of payment-down",
    );
    expect(changed.tags).to.include.members(["phase:change", "mode:payment-slow"]);
  });

  it("keeps its aggregation key within Datadog's limit", () => {
    const long = { ...place, clusterName: "c".repeat(80), namespace: "n".repeat(63) };
    const input = { ...long, url: "", state: "payment-down" };
    const { aggregation_key: key } = eventOf("none", input, "Ada");

    expect(key).to.have.length(100);
  });
});

describe("a mark", () => {
  it("is due when the state changed, or when Datadog never got it", () => {
    const missing = (state: string, after: string) =>
      `${state}: event not posted (a; b; after ${after})`;
    const cases: readonly (readonly [line: string | undefined, state: string, before: string])[] = [
      [undefined, "none", "none"],
      [undefined, "payment-down", "none"],
      ["none: nothing to mark", "none", "none"],
      ["none: nothing to mark", "payment-down", "none"],
      ["payment-down: event posted", "payment-down", "payment-down"],
      ["payment-down: event posted", "none", "payment-down"],
      [missing("payment-down", "none"), "payment-down", "none"],
      [missing("none", "payment-down"), "none", "payment-down"],
      [missing("payment-slow", "payment-down"), "payment-slow", "payment-down"],
      [missing("payment-slow", "payment-down"), "none", "payment-slow"],
      ["payment-down: event not posted (ECONNREFUSED)", "payment-down", "none"],
      ["generated", "none", "none"],
    ];
    for (const [line, state, before] of cases) {
      expect(stateBefore(parseMark(line), state), `${line ?? ""} to ${state}`).to.equal(before);
    }
  });

  it("is one line, whatever the reason", () => {
    const mark = { state: "none", outcome: "event not posted (a\nb)" };

    expect(markLine(mark)).to.equal("none: event not posted (a b)");
  });

  it("is missing only when its event was not posted", () => {
    expect(markWarning("payment-down: event not posted (ECONNREFUSED)")).to.equal(
      "Datadog has no marker: incident payment-down: event not posted (ECONNREFUSED)",
    );
    expect(markWarning("payment-down: event posted")).to.equal(undefined);
    expect(markWarning("")).to.equal(undefined);
  });
});

describe("the marker's process", () => {
  interface Received {
    readonly key: string | undefined;
    readonly title: string;
    readonly tags: readonly string[];
  }
  let server: Server;
  let url: string;
  let answer = 202;
  const received: Received[] = [];
  const warnings: string[] = [];

  before(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const key = request.headers["dd-api-key"];
        received.push({ ...(JSON.parse(body) as Received), key: key?.toString() });
        response.writeHead(answer).end("{}");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/events`;
  });

  beforeEach(() => {
    received.length = 0;
    warnings.length = 0;
    answer = 202;
  });

  after(() => {
    server.close();
  });

  /** Runs the process as the command does; returns what it printed. */
  async function run(state: string, last?: string, { action = "apply", to = url } = {}) {
    const input: MarkerInput = { ...place, url: to, state };
    const { stdout, stderr, exitCode } = await execa(
      process.execPath,
      ["components/incident/marker/main.ts", action],
      {
        cwd: root,
        input: JSON.stringify(input),
        env: {
          DD_API_KEY: "k-123",
          GIT_CONFIG_COUNT: "1",
          GIT_CONFIG_KEY_0: "user.name",
          GIT_CONFIG_VALUE_0: "Ada",
          ...(last !== undefined && { PULUMI_COMMAND_STDOUT: last }),
        },
      },
    );
    expect(exitCode).to.equal(0);
    warnings.push(stderr);
    return stdout;
  }

  it("posts nothing for a stack that is created healthy", async () => {
    expect(await run("none")).to.equal("none: nothing to mark");
    expect(received).to.deep.equal([]);
  });

  it("posts one event on entering and one on leaving, and none in between", async () => {
    const entered = await run("payment-down", "none: nothing to mark");
    const again = await run("payment-down", entered);
    const left = await run("none", again);
    await run("none", left);

    expect([entered, again, left]).to.deep.equal([
      "payment-down: event posted",
      "payment-down: event posted",
      "none: event posted",
    ]);
    expect(received.map(({ title }) => title)).to.deep.equal([
      "Sock Shop: incident payment-down is staged",
      "Sock Shop: incident payment-down is over",
    ]);
    expect(received.map(({ key }) => key)).to.deep.equal(["k-123", "k-123"]);
    expect(received[0]?.tags).to.include("who:Ada");
  });

  it("ends the incident of a stack that is destroyed, and says nothing of a healthy one", async () => {
    await run("payment-down", "payment-down: event posted", { action: "end" });
    await run("none", "none: nothing to mark", { action: "end" });

    expect(received.map(({ title }) => title)).to.deep.equal([
      "Sock Shop: incident payment-down is over",
    ]);
  });

  it("warns by itself when the stack goes without its event, and at no other time", async () => {
    answer = 503;
    const left = await run("payment-down", "payment-down: event posted", { action: "end" });
    await run("payment-slow", "payment-down: event posted");
    answer = 202;
    await run("payment-down", "payment-down: event posted", { action: "end" });

    expect(left).to.equal("none: event not posted (Datadog answered 503; after payment-down)");
    expect(warnings).to.deep.equal([`Datadog has no marker: incident ${left}`, "", ""]);
  });

  it("succeeds without Datadog, says why, and tries again the next time", async () => {
    const closed = "http://127.0.0.1:1/api/v1/events";
    const away = await run("payment-down", undefined, { to: closed });
    answer = 403;
    const refused = await run("payment-down", away);
    answer = 202;
    const posted = await run("payment-down", refused);

    expect(away).to.match(/^payment-down: event not posted \(.+; after none\)$/);
    expect(refused).to.equal("payment-down: event not posted (Datadog answered 403; after none)");
    expect(posted).to.equal("payment-down: event posted");
    expect(`${away}${refused}`).to.not.contain("k-123");
    const title = "Sock Shop: incident payment-down is staged";
    expect(received.map((event) => event.title)).to.deep.equal([title, title]);
    expect(received[1]?.tags).to.include.members(["phase:start", "mode:payment-down"]);
  });

  it("says what is over, or what took which's place, also when it tries again", async () => {
    answer = 403;
    const left = await run("none", "payment-down: event posted");
    const changed = await run("payment-slow", "payment-down: event posted");
    received.length = 0;
    answer = 202;
    await run("none", left);
    await run("payment-slow", changed);

    expect(received.map(({ title }) => title)).to.deep.equal([
      "Sock Shop: incident payment-down is over",
      "Sock Shop: incident payment-slow is staged instead of payment-down",
    ]);
    expect(received[0]?.tags).to.include.members(["phase:recovered", "mode:payment-down"]);
  });
});

describe("the marker's resource", () => {
  it("keeps the key a secret, and shows what the process printed", async () => {
    const config = { "sock-shop:datadogApiKey": "topsecretapikey" };
    const { resources, result } = await stackGraph(config, ["sock-shop:datadogApiKey"]);

    const inputs = ofType(resources, "command:local:Command").get("incident-marker")?.inputs;
    const environment = JSON.stringify(inputs?.["environment"]);
    expect(environment).to.contain("4dabf18193072939515e22adb298388d");
    expect(JSON.stringify({ ...inputs, environment: undefined })).to.not.contain("topsecret");
    expect(inputs).to.deep.include({ create: "apply", delete: "end", logging: "stderr" });
    expect(await valueOf(result.incidentMark)).to.equal("generated");
  });
});
