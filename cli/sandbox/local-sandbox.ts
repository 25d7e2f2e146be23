import { join } from "node:path";
import process from "node:process";
import type { ClusterOptions } from "../../sandbox/cluster/cluster.ts";
import type { ClusterBinaries } from "../../sandbox/cluster/kwokctl.ts";
import { standInClient } from "../../sandbox/datadog/client.ts";
import { listProcesses, stopProcess } from "../../sandbox/host/processes.ts";
import { shopClient } from "../../sandbox/shop/client.ts";
import type { Tool } from "../../sandbox/toolchain/find-tool.ts";
import type { PythonTools } from "../../sandbox/toolchain/python/python-folder.ts";
import type { ToolchainOptions, ToolReport } from "../../sandbox/toolchain/toolchain.ts";
import { Failure } from "../context/errors.ts";
import type { PartOptions, RunningPart, SandboxParts, ToolRow } from "../context/sandbox.ts";
import { findServer, startServer, stopServer } from "./server-process.ts";

/** The sandbox on this machine. What is big is loaded by the calls that need it. */
export const localSandbox: SandboxParts = {
  async installToolchain(options, retryStandIns = false) {
    const { ensureToolchain } = await import("../../sandbox/toolchain/toolchain.ts");
    const tools = await ensureToolchain({ ...(await toolchainOptions(options)), retryStandIns });
    if (options.ownCluster) await installPython(options);
    return tools;
  },

  async inspectToolchain(options) {
    const rows = (await reports(options)).map(toolRow);
    if (!options.ownCluster) return rows;
    return [
      ...rows,
      await pythonRow("locust, envoy", "load", options),
      await pythonRow("log pipelines", "vrl", options),
    ];
  },

  async startCluster(options, tools) {
    const running = await runningCluster(options);
    if (running !== undefined) return running;
    const { startCluster } = await import("../../sandbox/cluster/cluster.ts");
    const cluster = await clusterOptions(options, tools);
    const { created } = await startCluster(cluster);
    const part = await runningCluster(options);
    if (part === undefined) throw new Failure("the cluster ended right after it was started");
    return { ...part, isNew: created };
  },

  findCluster: runningCluster,

  async stopCluster({ paths }) {
    const { stopCluster } = await import("../../sandbox/cluster/cluster.ts");
    await stopCluster(paths);
  },

  startServer,
  findServer,
  stopServer,

  async monitorsNamed(port, name) {
    const monitors = await standInClient(`http://127.0.0.1:${port}/`).monitorsNamed(name);
    return monitors.map(({ id }) => String(id));
  },

  async openLogEngine(options) {
    const bin = await pythonTools("vrl", options);
    const { createVrlWorker } = await import("../../sandbox/datadog/vrl/worker.ts");
    const { createLogEngine } = await import("../../sandbox/datadog/logs/pipeline-engine.ts");
    const worker = createVrlWorker({ python: join(bin, "python") });
    return { engine: createLogEngine(worker), close: () => worker.close() };
  },

  shop: shopClient,

  async stopProcesses({ paths }) {
    const running = await listProcesses(paths.runDir);
    await Promise.all(running.map((record) => stopProcess(record, paths.runDir)));
    return running.map(({ name }) => name);
  },
};

/** Tools for a stack on the user's own cluster; its plugins are the engine's business. */
const toolsWithoutSandbox = ["pulumi", "language-nodejs", "kubectl"];

async function toolchainOptions(options: PartOptions): Promise<ToolchainOptions> {
  const { sandboxTools } = await import("../../sandbox/toolchain/tools.ts");
  const { paths, env, node, write, terminal, ownCluster } = options;
  const tools = sandboxTools.filter(({ name }) => ownCluster || toolsWithoutSandbox.includes(name));
  const machine = { os: process.platform, arch: process.arch };
  return { paths, env, node, write, terminal, machine, tools };
}

async function reports(options: PartOptions): Promise<ToolReport[]> {
  const { inspectToolchain } = await import("../../sandbox/toolchain/toolchain.ts");
  return await inspectToolchain(await toolchainOptions(options));
}

/** Programs that some pods run for real, and what runs log pipelines. */
async function installPython(options: PartOptions): Promise<void> {
  await pythonTools("load", options);
  await pythonTools("vrl", options).catch((error: unknown) => {
    // fewer interpreters can have it, and all but the logs works without
    options.write(`log pipelines will not run: ${(error as Error).message}\n`);
  });
}

/** @returns folder of the tools' executables */
async function pythonTools(
  tools: PythonTools,
  { paths, env, write }: Pick<PartOptions, "paths" | "env" | "write">,
): Promise<string> {
  const { ensurePython } = await import("../../sandbox/toolchain/python/python.ts");
  const { run } = await import("../../sandbox/host/run-command.ts");
  return await ensurePython(tools, { paths, env, run }, (words) => {
    write(`${words}\n`);
  });
}

async function pythonRow(
  name: string,
  tools: PythonTools,
  { paths }: PartOptions,
): Promise<ToolRow> {
  const { inspectPython } = await import("../../sandbox/toolchain/python/python.ts");
  const { folder, ready } = await inspectPython(tools, paths);
  return { name, ready, version: "", where: ready ? folder : "missing" };
}

function toolRow({ name, spec, tool, reasons }: ToolReport): ToolRow {
  if (tool === undefined) {
    const where = reasons.at(-1) ?? "missing";
    return { name, ready: false, version: spec.version, where };
  }
  const where = `${tool.path} (${originText(tool)})`;
  return { name, ready: true, version: tool.version ?? "", where };
}

function originText({ origin }: Tool): string {
  if (origin === "path") return "on PATH";
  if (origin !== "stand-in") return origin;
  return "stand-in; ./lab up --retry-downloads tries the official one again";
}

async function clusterOptions(
  { paths, env }: PartOptions,
  tools: readonly Tool[],
): Promise<ClusterOptions> {
  const { run } = await import("../../sandbox/host/run-command.ts");
  const pathOf = (program: string): string => {
    const tool = tools.find(({ name }) => name === program);
    if (tool === undefined) throw new Failure(`${program} is missing; ./lab doctor tells more`);
    return tool.path;
  };
  const binaries: ClusterBinaries = {
    kwokctl: pathOf("kwokctl"),
    kwok: pathOf("kwok"),
    etcd: pathOf("etcd"),
    kubeApiserver: pathOf("kube-apiserver"),
    kubeControllerManager: pathOf("kube-controller-manager"),
    kubeScheduler: pathOf("kube-scheduler"),
    kubectl: pathOf("kubectl"),
  };
  return { paths, binaries, path: env["PATH"] ?? "", run };
}

async function runningCluster({ paths }: PartOptions): Promise<RunningPart | undefined> {
  const { clusterStatus } = await import("../../sandbox/cluster/cluster.ts");
  const { state, components, server } = await clusterStatus(paths);
  const apiServer = components.find(({ name }) => name === "kube-apiserver");
  if (state !== "running" || server === undefined || apiServer === undefined) return undefined;
  return { address: server, pid: apiServer.pid, detail: "Kubernetes with kwok nodes" };
}
