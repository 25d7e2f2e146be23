/**
 * Part of `make bench`: 100,000 lines of a container from its file through the agent's rules, the
 * intake, a pipeline with VRL's grok and into the store, in one process and in memory. Prints lines
 * per second, memory, and what the rules left; fails unless every line is stored once. Then what the
 * masks cost for each of 2,000 lines of the same kind, against the same lines without masks.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createLogEngine } from "../../../sandbox/datadog/logs/pipeline-engine.ts";
import { createVrlWorker } from "../../../sandbox/datadog/vrl/worker.ts";
import { sandboxPaths } from "../../../sandbox/host/paths.ts";
import { run } from "../../../sandbox/host/run-command.ts";
import { ensurePython } from "../../../sandbox/toolchain/python/python.ts";
import { standIn } from "../../sandbox/datadog/stand-in.ts";
import { annotationOf } from "../../support/logs/agent-lines.ts";
import { openLogPath, orderText, writeLines } from "../../support/logs/log-path.ts";
import { maskCosts } from "./mask-costs.ts";

const lines = 100_000;
const start = String.raw`\d{4}-\d{2}-\d{2}`;
const rules = [{ type: "multi_line", name: "start", pattern: start }];
const annotation = JSON.stringify([{ source: "spring-boot", log_processing_rules: rules }]);
const grok = {
  match_rules: String.raw`line %{date("yyyy-MM-dd HH:mm:ss.SSS"):at}\s+%{word:level} .* Order created with ID: %{word:order.id}.*`,
};
const pipeline = {
  name: "bench",
  is_enabled: true,
  filter: { query: "source:spring-boot" },
  processors: [{ type: "grok-parser", name: "g", is_enabled: true, source: "message", grok }],
};

const root = join(import.meta.dirname, "..", "..", "..");
const site = { paths: sandboxPaths(root, process.env), env: process.env, run };
const bin = await ensurePython("vrl", site, console.log);
const worker = createVrlWorker({ python: join(bin, "python") });
const on = standIn(undefined, createLogEngine(worker));
const dir = await mkdtemp(join(tmpdir(), "log-bench-"));
try {
  on.setNow(new Date().toISOString());
  await on.send("POST /api/v1/logs/config/pipelines", pipeline);
  await writeLines(join(dir, "sock-shop_orders-1.log"), lines);
  const path = await openLogPath(on, dir, annotation);
  const began = performance.now();
  await path.send(lines);
  await on.service.ingestion.idle();
  const seconds = (performance.now() - began) / 1000;
  const stored = on.service.telemetry.logs.count();
  if (stored !== lines) throw new Error(`${stored} of ${lines} lines are stored`);
  const status = await readFile(`/proc/${worker.figures.pid ?? 0}/status`, "utf8").catch(() => "");
  const { bytes, sentBytes } = path.figures;
  console.log(`logs: ${lines} lines in ${seconds.toFixed(1)} s, ${Math.round(lines / seconds)} /s`);
  console.log(`memory: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB with the store`);
  console.log(`VRL: ${/VmRSS:\s*(\d+ kB)/.exec(status)?.[1] ?? "unknown"}`);
  console.log(`bytes: ${bytes} read, ${sentBytes} sent before compression`);
  const texts = Array.from({ length: 2000 }, (_, number) => orderText(number, new Date()));
  for (const { engine, without, withMasks } of maskCosts(annotationOf("orders"), texts)) {
    const costs = `${withMasks.toFixed(1)} µs a line, ${without.toFixed(1)} without`;
    console.log(`masks (${engine}): ${costs}, ratio ${(withMasks / without).toFixed(2)}`);
  }
} finally {
  await on.app.close();
  await on.service.close();
  await worker.close();
  await rm(dir, { recursive: true });
}
