import { expect } from "chai";
import { errorsOf, metricMonitor, standIn } from "../stand-in.ts";

interface Found {
  monitors: { name: string }[];
  counts: Record<string, { name: unknown; count: number }[]>;
  metadata: unknown;
}

async function filled() {
  const on = standIn();
  const tags = ["team:a", "env:b"];
  await on.send("POST /api/v1/monitor", metricMonitor({ name: "payment down", tags, priority: 1 }));
  await on.send("POST /api/v1/monitor", {
    name: "payment errors",
    type: "log alert",
    query: 'logs("a").rollup("count").last("5m") > 1',
    tags: ["team:a"],
    message: "look @slack-ops and @me@example.com",
  });
  const search = async (query: string, page = "") =>
    (await on.send(`GET /api/v1/monitor/search?query=${encodeURIComponent(query)}${page}`))
      .body as Found;
  return { on, search };
}

describe("the search for monitors", () => {
  const searches: [string, string[]][] = [
    ["", ["payment down", "payment errors"]],
    ["payment", ["payment down", "payment errors"]],
    ["DOWN", ["payment down"]],
    ['"payment errors"', ["payment errors"]],
    ["type:log", ["payment errors"]],
    ["type:metric", ["payment down"]],
    ["tag:env:b", ["payment down"]],
    ['tag:"team:a" errors', ["payment errors"]],
    ['status:"no data"', ["payment down", "payment errors"]],
    ["status:alert", []],
    ["priority:p1", ["payment down"]],
    ["priority:p", ["payment errors"]],
    ["nothing", []],
  ];
  for (const [query, names] of searches) {
    it(`finds ${JSON.stringify(names)} by ${JSON.stringify(query)}`, async () => {
      const { search } = await filled();

      expect((await search(query)).monitors.map(({ name }) => name)).to.deep.equal(names);
    });
  }

  it("counts by status, tag and type over all pages", async () => {
    const { search } = await filled();

    const { counts, metadata, monitors } = await search("", "&page=1&per_page=1");

    expect(monitors.map(({ name }) => name)).to.deep.equal(["payment errors"]);
    expect(metadata).to.deep.equal({ total_count: 2, page_count: 2, page: 1, per_page: 1 });
    expect(counts).to.deep.equal({
      status: [{ name: "No Data", count: 2 }],
      muted: [{ name: false, count: 2 }],
      tag: [
        { name: "team:a", count: 2 },
        { name: "env:b", count: 1 },
      ],
      type: [
        { name: "metric", count: 1 },
        { name: "log", count: 1 },
      ],
    });
  });

  it("shows metrics, scopes and whom a monitor notifies", async () => {
    const { search } = await filled();

    const { monitors } = await search("");

    expect(monitors[0]).to.deep.include({
      metrics: ["kubernetes_state.deployment.replicas_available"],
      scopes: ["*"],
      notifications: [],
    });
    expect(monitors[1]).to.deep.include({
      notifications: [
        { handle: "slack-ops", name: "slack-ops" },
        { handle: "me@example.com", name: "me@example.com" },
      ],
    });
  });

  it("refuses a status that does not exist, and a field it cannot search by", async () => {
    const { on } = await filled();
    const refusal = async (query: string) =>
      errorsOf(await on.send(`GET /api/v1/monitor/search?query=${query}`));

    expect(await refusal("status:notastatus")).to.deep.equal([
      "Query parsing error: 'notastatus' is not a valid monitor status",
    ]);
    expect(await refusal("constructor:x")).to.deep.equal([
      "Query parsing error: the stand-in cannot search by 'constructor' (it knows id, name, status, type, tag, priority, group)",
    ]);
  });
});
