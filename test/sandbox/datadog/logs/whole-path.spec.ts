// Proves: what a container prints arrives once each in the store, parsed by VRL, whatever ends in
// the middle. Does not prove: that the shop prints, or that the stack declares the right rules.
import { expect } from "chai";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createLogEngine } from "../../../../sandbox/datadog/logs/pipeline-engine.ts";
import { createVrlWorker, type VrlWorker } from "../../../../sandbox/datadog/vrl/worker.ts";
import { openLogPath, writeLines } from "../../../support/logs/log-path.ts";
import { pyvrl } from "../../../support/logs/pyvrl.ts";
import { type StandIn, standIn } from "../stand-in.ts";

const lines = 6000;
const rules = [{ type: "multi_line", name: "start", pattern: String.raw`\d{4}-\d{2}-\d{2}` }];
const annotation = JSON.stringify([
  { source: "spring-boot", service: "sock-shop-orders", log_processing_rules: rules },
]);
const pipeline = {
  name: "shop",
  is_enabled: true,
  filter: { query: "source:spring-boot kube_namespace:sock-shop" },
  processors: [
    {
      type: "grok-parser",
      name: "console",
      is_enabled: true,
      source: "message",
      grok: {
        support_rules: String.raw`_id %{regex("[0-9a-f]{24}"):order.id}`,
        match_rules: String.raw`line %{date("yyyy-MM-dd HH:mm:ss.SSS"):at}\s+%{word:level} .* Order created with ID: %{_id}.*`,
      },
    },
    { type: "date-remapper", name: "date", is_enabled: true, sources: ["at"] },
  ],
};

describe("the whole path of a log", () => {
  let python: string;
  let dir: string;
  let worker: VrlWorker;
  let on: StandIn;

  before(async function () {
    python = await pyvrl(this);
  });

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "log-path-"));
    worker = createVrlWorker({ python });
    on = standIn(undefined, createLogEngine(worker));
    on.setNow(new Date().toISOString());
    await on.send("POST /api/v1/logs/config/pipelines", pipeline);
    await writeLines(join(dir, "sock-shop_orders-1.log"), lines);
  });

  afterEach(async () => {
    await on.app.close();
    await on.service.close();
    await worker.close();
    await rm(dir, { recursive: true });
  });

  /** How many logs there are, and how many different orders they are about. */
  async function counts(): Promise<unknown> {
    await on.service.ingestion.idle();
    const { body } = await on.send("POST /api/v2/logs/analytics/aggregate", {
      filter: { query: "service:sock-shop-orders @order.id:*", from: "now-1h", to: "now+1h" },
      compute: [{ aggregation: "count" }, { aggregation: "cardinality", metric: "@order.id" }],
    });
    return (body as { data: { buckets: { computes: unknown }[] } }).data.buckets[0]?.computes;
  }

  const all = { c0: lines, c1: lines };

  it("stores every line once, parsed", async () => {
    const path = await openLogPath(on, dir, annotation);
    await path.send(lines);

    expect(await counts()).to.deep.equal(all);
    expect(path.figures).to.include({ lines, logs: lines });
  }).timeout(60_000);

  it("stores every line once although VRL is killed in the middle", async () => {
    const path = await openLogPath(on, dir, annotation);
    const sent = path.send(lines);
    while (on.service.telemetry.logs.count() === 0) await sleep(5);
    process.kill(worker.figures.pid ?? 0, "SIGKILL");
    await sent;

    expect(await counts()).to.deep.equal(all);
    expect(worker.figures.restarts).to.equal(1);
  }).timeout(60_000);

  it("stores every line once although the agent ends in the middle", async () => {
    const path = await openLogPath(on, dir, annotation);
    for (let turn = 0; turn < 5; turn += 1) {
      const agent = path.startAgent();
      await sleep(40 + turn * 20);
      await agent.end();
    }
    await path.send(lines);

    expect(await counts()).to.deep.equal(all);
  }).timeout(60_000);
});
