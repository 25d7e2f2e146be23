/**
 * Second half of `make bench`: 50 customers order for a minute, with payment reached directly and
 * through an Envoy that does nothing. Prints orders a second, how long one takes, and the memory of
 * the shop's process, keeps nothing, and is no test: the figures are those of this machine now.
 */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { columns } from "../../../cli/framework/columns.ts";
import {
  directServiceArgs,
  proxyArgs,
} from "../../../components/incident/fault-proxy/manifests.ts";
import { proxyConfigArgs } from "../../../components/incident/fault-proxy/manifests.ts";
import { workloads } from "../../../components/shop/workloads.ts";
import { sandboxPaths } from "../../../sandbox/host/paths.ts";
import { shopClient } from "../../../sandbox/shop/client.ts";
import { pythonFolder } from "../../../sandbox/toolchain/python/python-folder.ts";
import { copyCheckout } from "../../support/sandbox/sandbox-copy.ts";
import type { SandboxCopy } from "../../support/sandbox/sandbox-copy.ts";

const execute = promisify(execFile);
const namespace = "sock-shop";
const load = ["--headless", "--only-summary", "--users=50", "--spawn-rate=10", "--run-time=60s"];

async function main(copy: SandboxCopy): Promise<void> {
  await lab(copy, "up");
  const direct = await measure(copy, "payment reached directly");
  await standEnvoyInFront(copy);
  const proxied = await measure(copy, "payment behind Envoy");
  const head = ["50 customers, 60 s", "orders", "orders/s", "median", "p95", "errors", "memory"];
  for (const line of columns([head, direct, proxied], "")) process.stdout.write(`${line}\n`);
}

/** One row of the table. */
async function measure(copy: SandboxCopy, what: string): Promise<string[]> {
  process.stderr.write(`${what} …\n`);
  const before = await memoryMiB(copy);
  const bin = join(await pythonFolder("load", sandboxPaths(copy.root, process.env)), "bin");
  const csv = join(copy.root, "load");
  const file = join(copy.root, "components", "incident", "locustfile.py");
  const host = `--host=http://127.0.0.1:${copy.frontEndPort}`;
  const env = { ...process.env, EXPECTED_OUTCOMES: "placed" };
  // a code other than 0 means errors, which the table shows
  await execute(join(bin, "locust"), [...load, `--locustfile=${file}`, host, "--csv", csv], {
    env,
  }).catch(() => undefined);
  const rows = readFileSync(`${csv}_stats.csv`, "utf8")
    .split("\n")
    .map((row) => row.split(","));
  const figure = (name: string, column: string): number => {
    const at = rows[0]?.indexOf(column) ?? -1;
    return Number(rows.find(([, request]) => request === name)?.[at]);
  };
  const order = (column: string): number => figure("POST /orders", column);
  return [
    what,
    String(order("Request Count")),
    order("Requests/s").toFixed(1),
    `${order("50%")} ms`,
    `${order("95%")} ms`,
    String(figure("Aggregated", "Failure Count")),
    `${before} to ${await memoryMiB(copy)} MiB`,
  ];
}

/** Memory of the shop's process, all pods that are no process of their own in it. */
async function memoryMiB({ root }: SandboxCopy): Promise<number> {
  const record = readFileSync(join(root, ".sandbox", "run", "shop.json"), "utf8");
  const { pid } = JSON.parse(record) as { pid: number };
  const { stdout } = await execute("ps", ["-o", "rss=", "-p", String(pid)]);
  return Math.round(Number(stdout) / 1024);
}

/** The stack's own proxy with a fault that hits no call. */
async function standEnvoyInFront(copy: SandboxCopy): Promise<void> {
  const images = { set: "weave", overrides: {} } as const;
  const all = workloads({ namespace, env: "sandbox", images, configured: {}, staged: {} });
  const target = all.find(({ spec }) => spec.name === "payment");
  if (target === undefined) throw new Error("no workload payment");
  const fault = { status: 500 };
  const plan = { name: "payment-proxy", target: "payment", path: "/paymentAuth", fault } as const;
  const image = "envoyproxy/envoy:v1.40.0";
  const proxy = { plan: { ...plan, percentage: 0 }, image, target, callers: [] };
  const items = [
    { apiVersion: "v1", kind: "ConfigMap", ...proxyConfigArgs(proxy) },
    { apiVersion: "v1", kind: "Service", ...directServiceArgs(proxy) },
    { apiVersion: "apps/v1", kind: "Deployment", ...proxyArgs(proxy) },
  ];
  const file = join(copy.root, "proxy.json");
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await copy.sh("kubectl", "apply", "-f", file);
  await copy.sh("kubectl", "rollout", "status", "deployment/payment-proxy", "-n", namespace);
  const selector = JSON.stringify({ spec: { selector: { name: plan.name } } });
  await copy.sh("kubectl", "patch", "service/payment", "-n", namespace, "-p", selector);
  const shop = shopClient(copy.frontEndPort + 2);
  while (!(await shop.routes()).some(({ service }) => service === "payment-direct")) {
    await sleep(100);
  }
}

async function lab(copy: SandboxCopy, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await copy.lab(...args);
  if (code !== 0) throw new Error(`lab ${args.join(" ")}: exit code ${code}\n${stdout}${stderr}`);
}

const copy = await copyCheckout();
try {
  await main(copy);
} finally {
  await copy.lab("down");
  copy.remove();
}
