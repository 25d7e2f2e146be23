import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { runCli, type World } from "../../support/cli.ts";
import { checkpoint, stateFile } from "../../support/sandbox/deployed-stack.ts";

/** What the API lists: of each kind another one first, then the one that was created. */
const lists: Readonly<Record<string, unknown>> = {
  "/api/v2/logs/config/metrics": { data: [{ id: "other" }, { id: "sockshop.orders" }] },
  "/api/v1/logs/config/pipelines": [
    { id: "p1", name: "other" },
    { id: "p2", name: "sock-shop" },
  ],
  "/api/v1/slo": {
    data: [
      { id: "s1", name: "orders" },
      { id: "s2", name: "orders" },
    ],
  },
  "/api/v2/catalog/entity": {
    data: [
      { id: "e1", attributes: { kind: "service", namespace: "default", name: "other" } },
      { id: "e2", attributes: { kind: "service", namespace: "default", name: "orders" } },
    ],
  },
  "/api/v1/dashboard": { dashboards: [{ id: "d1", title: "Timeline" }] },
  "/api/v2/downtime": {
    data: [
      downtime("w1", "canceled", ["a", "b"]),
      downtime("w2", "active", ["a"]),
      downtime("w3", "active", ["b", "a"]),
    ],
  },
};

function downtime(id: string, status: string, tags: readonly string[]) {
  return {
    id,
    attributes: { status, scope: "env:demo", monitor_identifier: { monitor_tags: tags } },
  };
}

const creations = [
  ["logsMetric:LogsMetric", { name: "sockshop.orders" }, "sockshop.orders"],
  ["logsMetric:LogsMetric", { name: "sockshop.absent" }, undefined],
  ["logsCustomPipeline:LogsCustomPipeline", { name: "sock-shop" }, "p2"],
  ["serviceLevelObjective:ServiceLevelObjective", { name: "orders" }, "s2"],
  ["dashboardJson:DashboardJson", { dashboard: '{"title":"Timeline"}' }, "d1"],
  ["dashboardJson:DashboardJson", { dashboard: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, undefined],
  [
    "softwareCatalog:SoftwareCatalog",
    { entity: '{"kind":"service","metadata":{"name":"orders"}}' },
    "service:default/orders",
  ],
  ["softwareCatalog:SoftwareCatalog", { entity: "kind: service" }, undefined],
  [
    "downtimeSchedule:DowntimeSchedule",
    { scope: "env:demo", monitorIdentifier: { monitorTags: ["a", "b"] } },
    "w3",
  ],
] as const;

describe("an object in Datadog that an update did not confirm", () => {
  let server: Server;
  let asked: string[];
  let files: Record<string, string>;

  beforeEach(async () => {
    asked = [];
    server = createServer(({ url = "" }, response) => {
      const { pathname } = new URL(url, "http://a");
      asked.push(pathname);
      response.statusCode = pathname in lists ? 200 : 404;
      response.end(JSON.stringify(lists[pathname] ?? { errors: ["unknown"] }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const config = `config:\n  sock-shop:datadogApiUrl: http://127.0.0.1:${port}/\n`;
    files = { "Pulumi.sandbox.yaml": config };
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Ids by URN of the resources that a run of `lab up` puts into the state. */
  async function imported(world: World, exported: object) {
    const states: string[] = [];
    const run = await runCli(["up"], {
      ...world,
      answer: (line, program) => {
        if (line.includes("stack import"))
          states.push(readFileSync(program.args.at(-1) ?? "", "utf8"));
        if (line.includes("stack export"))
          return { stdout: JSON.stringify({ deployment: exported }) };
        return world.answer?.(line, program);
      },
    });
    const resources = states.flatMap((text) => {
      const { deployment } = JSON.parse(text) as {
        deployment: { resources: { urn: string; id: string }[] };
      };
      return deployment.resources.filter(({ urn }) => urn.startsWith("urn:new"));
    });
    return { run, ids: resources.map(({ id }) => id) };
  }

  const known = { urn: "urn:old", type: "x", id: "s1" };

  for (const [type, inputs, id] of creations) {
    const resource = { urn: "urn:new", type: `datadog:index/${type}`, inputs };

    it(`is ${id === undefined ? "not " : ""}adopted as ${type} ${JSON.stringify(inputs)} after a kill`, async () => {
      const open = { pending_operations: [{ type: "creating", resource }] };
      const state = checkpoint("none", open, known);

      const { run, ids } = await imported(
        { files: { ...files, [stateFile]: state } },
        { resources: [known], ...open },
      );

      expect(run.stderr).to.equal("");
      expect(ids).to.deep.equal(id === undefined ? [] : [id]);
    });

    it(`is ${id === undefined ? "not " : ""}adopted as ${type} ${JSON.stringify(inputs)} after a lost reply`, async () => {
      const metadata = {
        ...resource,
        op: "create",
        provider: "p",
        new: { inputs, parent: "urn:p" },
      };
      const { run, ids } = await imported(
        {
          files: { ...files, [stateFile]: checkpoint("none", {}, known) },
          answer: (line, { args }) => {
            if (!line.startsWith("pulumi up")) return {};
            writeFileSync(args.at(-1) ?? "", JSON.stringify({ resOpFailedEvent: { metadata } }));
            return { code: 255 };
          },
        },
        { resources: [known] },
      );

      expect(run.code).to.equal(1);
      expect(run.stderr).to.contain("pulumi up failed with exit code 255");
      expect(ids).to.deep.equal(id === undefined ? [] : [id]);
    });
  }

  it("is left to whoever has it in a real account, where it may be another stack's", async () => {
    const resource = {
      urn: "urn:new",
      type: `datadog:index/${creations[0][0]}`,
      inputs: creations[0][1],
    };
    const open = { pending_operations: [{ type: "creating", resource }] };
    const own = { "Pulumi.sandbox.yaml": "config:\n  sock-shop:env: x\n" };

    const { ids } = await imported(
      { files: { ...own, [stateFile]: checkpoint("none", open) } },
      { resources: [], ...open },
    );

    expect([ids, asked]).to.deep.equal([[], []]);
  });

  it("is not looked for after an update that failed elsewhere", async () => {
    await imported(
      {
        files: { ...files, [stateFile]: checkpoint("none") },
        answer: (line) => (line.startsWith("pulumi up") ? { code: 255 } : {}),
      },
      { resources: [] },
    );

    expect(asked).to.deep.equal([]);
  });
});
