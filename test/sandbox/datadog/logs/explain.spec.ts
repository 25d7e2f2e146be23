import { expect } from "chai";
import { figuresOf } from "../../../../sandbox/datadog/logs/explain.ts";
import { errorsOf, standIn, type StandIn } from "../stand-in.ts";

const pipeline = {
  name: "shop",
  is_enabled: true,
  filter: { query: "source:spring-boot" },
  processors: [
    {
      type: "attribute-remapper",
      name: "outcome",
      is_enabled: true,
      sources: ["order.outcome"],
      source_type: "attribute",
      target: "evt.outcome",
      target_type: "attribute",
    },
    {
      type: "category-processor",
      name: "kind",
      is_enabled: true,
      target: "kind",
      categories: [{ name: "bad", filter: { query: "@evt.outcome:refused" } }],
    },
  ],
};

async function withLogs(): Promise<StandIn> {
  const on = standIn();
  await on.send("POST /api/v1/logs/config/pipelines", pipeline);
  const logs = [
    { message: "one", ddsource: "spring-boot", order: { outcome: "refused" } },
    { message: "two", ddsource: "spring-boot", order: { outcome: "placed" } },
    { message: "three", ddsource: "spring-boot" },
    { message: "other", ddsource: "go-kit" },
  ];
  await on.send("POST /api/v2/logs", logs, { "sandbox-batch": "batch" });
  await on.service.ingestion.idle();
  return on;
}

describe("what the pipelines did to logs", () => {
  it("is shown for one log, step by step, from how it came in", async () => {
    const { send } = await withLogs();

    const { status, body } = await send("GET /sandbox/logs/batch-0");

    const { raw, arrived, steps } = body as Record<string, unknown>;
    expect(status).to.equal(200);
    expect(arrived).to.equal(Date.parse("2027-01-05T10:00:00Z"));
    expect(raw).to.deep.include({ message: "one", attributes: { order: { outcome: "refused" } } });
    expect(steps).to.deep.equal([
      {
        at: ["shop", "outcome"],
        type: "attribute-remapper",
        effect: "applied",
        changes: [
          { path: "@order.outcome", before: "refused" },
          { path: "@evt.outcome", after: "refused" },
        ],
      },
      {
        at: ["shop", "kind"],
        type: "category-processor",
        effect: "applied",
        matched: "bad",
        changes: [{ path: "@kind", after: "bad" }],
      },
    ]);
  });

  it("is nothing for a log that no pipeline takes, and unknown for one that is not kept", async () => {
    const { send } = await withLogs();

    expect((await send("GET /sandbox/logs/batch-3")).body).to.deep.include({ steps: [] });
    const missing = await send("GET /sandbox/logs/nothing");
    expect(missing.status).to.equal(404);
    expect(errorsOf(missing)[0]).to.match(/^no log of that id /);
  });

  it("is counted over the newest logs, with the rules that matched and why others did not", async () => {
    const { send } = await withLogs();

    expect((await send("GET /sandbox/pipelines")).body).to.deep.equal({
      logs: 4,
      steps: [
        {
          at: ["shop", "outcome"],
          type: "attribute-remapper",
          reached: 3,
          applied: 2,
          matched: {},
          unchanged: { "no attribute order.outcome": 1 },
        },
        {
          at: ["shop", "kind"],
          type: "category-processor",
          reached: 3,
          applied: 1,
          matched: { bad: 1 },
          unchanged: { "no category matches": 2 },
        },
      ],
    });
  });

  it("is forgotten with everything else", async () => {
    const { send } = await withLogs();
    await send("POST /sandbox/reset");
    expect((await send("GET /sandbox/logs/batch-0")).status).to.equal(404);
  });

  it("is nothing where no log came", () => {
    expect(figuresOf([])).to.deep.equal([]);
  });
});
