import { chmod, copyFile, mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SandboxPaths } from "../host/paths.ts";
import { assertPortFree } from "../host/ports.ts";
import { listProcesses, stopProcess } from "../host/processes.ts";
import { lastWords, type Command, type Run, type RunResult } from "../host/run-command.ts";
import { componentNames, recordComponents, removeStalePidFiles } from "./components.ts";
import { runningComponents, type Component } from "./components.ts";
import * as kwokctl from "./kwokctl.ts";
import type { ClusterBinaries } from "./kwokctl.ts";
import { choosePorts, clusterPorts } from "./ports.ts";
import { isServing } from "./readiness.ts";
import { clusterState, type ClusterState } from "./state.ts";

/** What a cluster is started and looked at with. */
export interface ClusterOptions {
  readonly paths: SandboxPaths;
  readonly binaries: ClusterBinaries;

  /** PATH for kwokctl's own children. */
  readonly path: string;
  readonly run: Run;

  /** @default 3 */
  readonly nodes?: number;
}

/** A started cluster. */
export interface StartedCluster {
  /** Whether it is new, so that nothing which an earlier one held is in it. */
  readonly created: boolean;
  readonly context: string;
  readonly kubeconfig: string;
}

export interface ClusterStatus {
  readonly state: ClusterState;
  readonly components: readonly Component[];

  /** Address of the API server, once it was created. */
  readonly server?: string;
}

const startTimeoutMs = 180_000;

/** On a machine with other work the controllers need more than a minute for their first round. */
const settleTimeoutMs = 150_000;
const stopGraceMs = 5_000;
const retryMs = 250;

/**
 * Starts the cluster from whatever is there of it: one that runs is left alone, a stopped one is
 * started with all that it holds, a half-created one is created again.
 *
 * @throws a one-line message with the log file to look at
 */
export async function startCluster(options: ClusterOptions): Promise<StartedCluster> {
  const { paths } = options;
  const { state } = await clusterStatus(paths);
  if (state === "half-created") await stopCluster(paths);
  const created = state === "absent" || state === "half-created";
  if (created) await create(options);
  else if (state === "stopped") await restart(options);
  await recordComponents(paths);
  await writeKubeconfig(paths);
  if (state !== "running") await settle(options);
  if (created) await writeFile(completeFile(paths), paths.kwokDir);
  return { created, context: kwokctl.clusterContext, kubeconfig: paths.kubeconfig };
}

/** Ends the components and removes every file of the cluster. Does nothing where there is none. */
export async function stopCluster(
  paths: Pick<SandboxPaths, "kwokDir" | "kubeconfig" | "runDir" | "logsDir">,
): Promise<void> {
  // a creation that was interrupted left processes of which only kwokctl's pid files know
  await recordComponents(paths);
  const records = await listProcesses(paths.runDir);
  for (const name of componentNames) {
    const record = records.find((candidate) => candidate.name === name);
    if (record) await stopProcess(record, paths.runDir, stopGraceMs);
  }
  await rm(paths.kwokDir, { recursive: true, force: true });
  await rm(paths.kubeconfig, { force: true });
}

/** What is there of the cluster. Changes nothing. */
export async function clusterStatus(paths: Pick<SandboxPaths, "kwokDir">): Promise<ClusterStatus> {
  const exists = await isFolder(kwokctl.clusterDir(paths));
  const complete = (await readFile(completeFile(paths), "utf8").catch(() => "")) === paths.kwokDir;
  const components = await runningComponents(paths);
  const ports = await clusterPorts(paths);
  const port = ports.find(({ component }) => component === "kube-apiserver")?.port;
  const server = port === undefined ? undefined : `https://127.0.0.1:${port}`;
  const ready = server !== undefined && components.length > 0 && (await isServing(server, paths));
  const state = clusterState({ exists, complete, running: components.length, ready });
  return { state, components, ...(server !== undefined && { server }) };
}

async function create(options: ClusterOptions): Promise<void> {
  const { paths, binaries } = options;
  await mkdir(paths.kwokDir, { recursive: true, mode: 0o700 });
  const stages = await readFile(join(import.meta.dirname, "stages.yaml"), "utf8");
  const config = kwokctl.configText(binaries, await choosePorts());
  await writeFile(kwokctl.configFile(paths), `${config}---\n${stages}`);
  await must(options, kwokctl.createCommand(binaries, paths), "create the cluster");
  await must(options, kwokctl.scaleNodesCommand(binaries, paths, nodesOf(options)), "add nodes");
}

async function restart(options: ClusterOptions): Promise<void> {
  const { paths, binaries } = options;
  await removeStalePidFiles(paths);
  await relinkBinaries(paths, binaries);
  await assertPortsFree(paths);
  await must(options, kwokctl.startCommand(binaries, paths), "start the cluster");
}

/** Awaits what a first deployment needs: the API server, all nodes, the default service account. */
async function settle(options: ClusterOptions): Promise<void> {
  const { binaries, paths } = options;
  const kubectl = (...args: string[]) => kwokctl.kubectlCommand(binaries, paths, ...args);
  await must(
    options,
    kubectl(
      "wait",
      "--for=condition=Ready",
      "node",
      "--all",
      `--timeout=${settleTimeoutMs / 1000}s`,
    ),
    "wait for the nodes",
  );
  await defaultServiceAccount(options);
}

/** kwokctl links its programs once, at creation; they may have moved since. */
async function relinkBinaries(paths: SandboxPaths, binaries: ClusterBinaries): Promise<void> {
  const links = {
    etcd: binaries.etcd,
    "kube-apiserver": binaries.kubeApiserver,
    "kube-controller-manager": binaries.kubeControllerManager,
    "kube-scheduler": binaries.kubeScheduler,
    "kwok-controller": binaries.kwok,
  };
  for (const [name, target] of Object.entries(links)) {
    const link = join(kwokctl.clusterDir(paths), "bin", name);
    await rm(link, { force: true });
    await symlink(target, link);
  }
}

async function assertPortsFree(paths: SandboxPaths): Promise<void> {
  const running = new Set<string>((await runningComponents(paths)).map(({ name }) => name));
  for (const { component, port } of await clusterPorts(paths)) {
    if (running.has(component)) continue;
    await assertPortFree(port, `${component} of the sandbox's cluster`, "start over by make down");
  }
}

async function writeKubeconfig(paths: SandboxPaths): Promise<void> {
  await copyFile(join(kwokctl.clusterDir(paths), "kubeconfig.yaml"), paths.kubeconfig);
  await chmod(paths.kubeconfig, 0o600);
}

async function must(options: ClusterOptions, command: Command, purpose: string): Promise<void> {
  const result = await call(options, command, startTimeoutMs);
  if (result.code === 0) return;
  const why = result.timedOut ? `no end after ${startTimeoutMs / 1000} s` : lastWords(result);
  const logs = join(kwokctl.clusterDir(options.paths), "logs");
  throw new Error(`could not ${purpose}: ${why}; the components' logs are in ${logs}`);
}

/**
 * The namespace's controllers make the account; kubectl older than 1.31 cannot wait for something
 * that is yet to be created. Once the controllers have ended nobody makes it any more.
 */
async function defaultServiceAccount(options: ClusterOptions): Promise<void> {
  const { binaries, paths } = options;
  const command = kwokctl.kubectlCommand(binaries, paths, "get", "serviceaccount", "default");
  const deadline = Date.now() + settleTimeoutMs;
  while ((await call(options, command, settleTimeoutMs)).code !== 0) {
    const running = (await runningComponents(paths)).map(({ name }) => name);
    const hasEnded = running.length > 0 && !running.includes("kube-controller-manager");
    if (hasEnded || Date.now() > deadline) {
      const purpose = hasEnded
        ? "keep kube-controller-manager running"
        : "wait for the controllers";
      await must(options, command, purpose);
      return;
    }
    await sleep(retryMs);
  }
}

function call(options: ClusterOptions, command: Command, timeoutMs: number): Promise<RunResult> {
  const env = kwokctl.kwokctlEnv(options.paths, options.path);
  return options.run(command, { env, timeoutMs });
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function nodesOf({ nodes = 3 }: ClusterOptions): number {
  return nodes;
}

function completeFile({ kwokDir }: Pick<SandboxPaths, "kwokDir">): string {
  return join(kwokDir, "complete");
}
