/**
 * The control plane of real binaries, started by kwokctl in a temporary folder.
 *
 * Proves that it comes up from nothing, from stopped, from half-created and from a component that
 * died, that nothing but the loopback interface is listened on, that controllers, scheduler and
 * RBAC work, and that nothing is left. Does not prove that a container runs: kwok only says so.
 */
import { expect } from "chai";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import {
  clusterStatus,
  startCluster,
  stopCluster,
  type ClusterOptions,
} from "../../sandbox/cluster/cluster.ts";
import { componentNames } from "../../sandbox/cluster/components.ts";
import { kubectlCommand } from "../../sandbox/cluster/kwokctl.ts";
import { sandboxPaths } from "../../sandbox/host/paths.ts";
import { processIdentity } from "../../sandbox/host/process-identity.ts";
import { listProcesses } from "../../sandbox/host/processes.ts";
import { run } from "../../sandbox/host/run-command.ts";
import { inspectToolchain } from "../../sandbox/toolchain/toolchain.ts";

const execute = promisify(execFile);

describe("the cluster of real binaries", () => {
  let options: ClusterOptions;
  let root: string;

  before(async function () {
    root = await mkdtemp(join(tmpdir(), "cluster-e2e-"));
    const { env } = process;
    // the state of a checkout of its own, the tools of the user's cache folder
    const paths = sandboxPaths(root, env);
    const machine = { os: process.platform, arch: process.arch };
    const node = process.execPath;
    const toolchain = { paths, env, node, write: () => undefined, terminal: false, machine };
    const reports = await inspectToolchain(toolchain);
    const missing = ["kubectl", "kwokctl", "kwok", "etcd", ...componentNames.slice(1, 4)].filter(
      (name) => !reports.some((report) => report.name === name && report.tool),
    );
    if (missing.length > 0) {
      process.stdout.write(`skipped: no ${missing.join(", ")}; make up installs them\n`);
      this.skip();
    }
    const path = (name: string): string =>
      reports.find((report) => report.name === name)?.tool?.path ?? "";
    const binaries = {
      kwokctl: path("kwokctl"),
      kwok: path("kwok"),
      etcd: path("etcd"),
      kubeApiserver: path("kube-apiserver"),
      kubeControllerManager: path("kube-controller-manager"),
      kubeScheduler: path("kube-scheduler"),
      kubectl: path("kubectl"),
    };
    options = { paths, binaries, path: env["PATH"] ?? "", run };
  });

  after(async () => {
    await stopCluster(sandboxPaths(root, process.env));
    await rm(root, { recursive: true });
  });

  async function kubectl(...args: string[]): Promise<string> {
    const [program, ...rest] = kubectlCommand(options.binaries, options.paths, ...args);
    return (await execute(program, rest)).stdout.trim();
  }

  it("comes up from nothing with three ready nodes", async () => {
    const { created } = await startCluster(options);

    expect(created).to.equal(true);
    const ready = "{.status.conditions[?(@.type=='Ready')].status}";
    const nodes = await kubectl("get", "nodes", "-o", `jsonpath={range .items[*]}${ready} {end}`);
    expect(nodes).to.equal("True True True");
  });

  it("records every component, so that it can be ended without kwokctl", async () => {
    const names = (await listProcesses(options.paths.runDir)).map(({ name }) => name);

    expect(names).to.have.members([...componentNames]);
  });

  it("listens on the loopback interface only", async function () {
    if (process.platform !== "linux") {
      process.stdout.write("skipped: reads the sockets of Linux\n");
      this.skip();
    }
    const { components } = await clusterStatus(options.paths);
    const { stdout } = await execute("ss", ["-Hltnp"]);
    const addresses = components.map(({ name, pid }) => ({
      name,
      listens: stdout
        .split("\n")
        .filter((line) => line.includes(`pid=${pid},`))
        .map((line) => line.split(/\s+/)[3]?.replace(/:\d+$/, "")),
    }));

    expect(addresses).to.have.length(componentNames.length);
    for (const { name, listens } of addresses) {
      expect([...new Set(listens)], name).to.deep.equal(["127.0.0.1"]);
    }
  });

  it("makes pods ready, and gives their Service endpoints", async () => {
    await kubectl("create", "namespace", "shop");
    await kubectl("-n", "shop", "create", "deployment", "web", "--image=web", "--replicas=2");
    await kubectl("-n", "shop", "expose", "deployment", "web", "--port=80");
    await kubectl("-n", "shop", "create", "pdb", "web", "--selector=app=web", "--min-available=1");
    await kubectl("-n", "shop", "rollout", "status", "deployment/web", "--timeout=60s");

    const slice = ["get", "endpointslices", "-l", "kubernetes.io/service-name=web"];
    const ready = "jsonpath={.items[*].endpoints[*].conditions.ready}";
    let endpoints = "";
    while (endpoints !== "true true") {
      await sleep(100);
      endpoints = await kubectl("-n", "shop", ...slice, "-o", ready);
    }
    const allowed = "jsonpath={.status.disruptionsAllowed}";
    let disruptions = "";
    while (disruptions !== "1") {
      await sleep(100);
      disruptions = await kubectl("-n", "shop", "get", "pdb", "web", "-o", allowed);
    }
  });

  it("enforces RBAC: a service account may read nothing", async () => {
    const subject = "--as=system:serviceaccount:shop:default";
    const answer = await kubectl("auth", "can-i", "list", "secrets", subject).catch(
      (error: unknown) => (error as { stdout: string }).stdout.trim(),
    );

    expect(answer).to.equal("no");
  });

  it("is left alone when it runs", async () => {
    const before = await clusterStatus(options.paths);

    expect((await startCluster(options)).created).to.equal(false);

    expect(await clusterStatus(options.paths)).to.deep.equal(before);
  });

  it("starts a component that died, and keeps the others", async () => {
    const before = await clusterStatus(options.paths);
    const scheduler = before.components.find(({ name }) => name === "kube-scheduler");
    process.kill(scheduler?.pid ?? Number.NaN, "SIGKILL");
    while ((await clusterStatus(options.paths)).state === "running") await sleep(50);

    expect((await startCluster(options)).created).to.equal(false);

    const after = await clusterStatus(options.paths);
    expect(after.state).to.equal("running");
    const others = before.components.filter(({ name }) => name !== "kube-scheduler");
    expect(after.components).to.deep.include.members(others);
  });

  it("keeps what it holds when all of it was ended, as by a restart of the machine", async () => {
    for (const { pid } of (await clusterStatus(options.paths)).components) {
      process.kill(pid, "SIGKILL");
    }
    while ((await clusterStatus(options.paths)).components.length > 0) await sleep(50);

    expect((await startCluster(options)).created).to.equal(false);

    expect(await kubectl("-n", "shop", "get", "deployment", "-o", "name")).to.equal(
      "deployment.apps/web",
    );
  });

  it("is created again, with no process left over, when its creation was interrupted", async () => {
    const old = (await clusterStatus(options.paths)).components;
    await rm(join(options.paths.kwokDir, "complete"));

    expect((await startCluster(options)).created).to.equal(true);

    for (const { pid } of old) expect(await processIdentity(pid)).to.equal(undefined);
    expect(await kubectl("get", "namespaces", "-o", "name")).not.to.include("namespace/shop");
  });

  it("leaves no process and no file when it is stopped", async () => {
    const { components } = await clusterStatus(options.paths);

    await stopCluster(options.paths);

    for (const { pid } of components) expect(await processIdentity(pid)).to.equal(undefined);
    expect(await readdir(options.paths.stateDir)).to.deep.equal(["run"]);
    expect(await readdir(options.paths.runDir)).to.deep.equal([]);
    const leftover = await readFile(options.paths.kubeconfig).catch(() => undefined);
    expect(leftover).to.equal(undefined);
  });
});
