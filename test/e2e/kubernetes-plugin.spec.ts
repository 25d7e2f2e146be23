/**
 * The stand-in kubernetes plugin between the real engine and a real control plane.
 *
 * Proves that creates, updates, replacements, conflicts, refreshes, unready objects and deletes go
 * the way a user of the official plugin expects, and that the state has the official shape. Does
 * not prove that the official plugin reads that state, nor that containers run: kwok only says so.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { expect } from "chai";
import { startCluster, stopCluster } from "../../sandbox/cluster/cluster.ts";
import { sandboxPaths, type SandboxPaths } from "../../sandbox/host/paths.ts";
import { run } from "../../sandbox/host/run-command.ts";
import { inspectToolchain } from "../../sandbox/toolchain/toolchain.ts";
import { declareProbe, HEALTHY, type ProbeShop } from "../support/sandbox/probe-shop.ts";

const execute = promisify(execFile);
const CHECKOUT = path.resolve(import.meta.dirname, "../..");

describe("the stand-in kubernetes plugin", () => {
  let root: string;
  let paths: SandboxPaths;
  let stack: Stack;
  let shop: ProbeShop;

  before(async function () {
    root = await mkdtemp(path.join(tmpdir(), "kubernetes-plugin-e2e-"));
    const { env } = process;
    paths = sandboxPaths(root, env);
    const machine = { os: process.platform, arch: process.arch };
    const node = process.execPath;
    const toolchain = { paths, env, node, write: () => undefined, terminal: false, machine };
    const reports = await inspectToolchain(toolchain);
    const found = (name: string) => reports.find((it) => it.name === name)?.tool?.path ?? "";
    const names = ["pulumi", "kubectl", "kwokctl", "kwok", "etcd"];
    const planes = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"];
    const missing = [...names, ...planes].filter((name) => found(name) === "");
    if (missing.length > 0) {
      process.stdout.write(`skipped: no ${missing.join(", ")}; make up installs them\n`);
      this.skip();
    }
    await startCluster({
      paths,
      binaries: {
        kwokctl: found("kwokctl"),
        kwok: found("kwok"),
        etcd: found("etcd"),
        kubeApiserver: found("kube-apiserver"),
        kubeControllerManager: found("kube-controller-manager"),
        kubeScheduler: found("kube-scheduler"),
        kubectl: found("kubectl"),
      },
      path: env["PATH"] ?? "",
      run,
    });
    stack = await openStack(found("pulumi"));
    shop = { ...HEALTHY };
  });

  after(async () => {
    await stopCluster(sandboxPaths(root, process.env));
    await rm(root, { recursive: true });
  });

  /** A stack whose engine finds this checkout's plugin first. */
  async function openStack(pulumi: string): Promise<Stack> {
    const bin = path.join(root, "bin");
    const main = path.join(CHECKOUT, "sandbox/plugins/kubernetes/main.ts");
    const shim = `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`;
    const workDir = path.join(root, "project");
    await Promise.all([mkdir(bin), mkdir(workDir)]);
    await writeFile(path.join(bin, "pulumi-resource-kubernetes"), shim, { mode: 0o755 });
    const program = () => {
      declareProbe(shop, paths.kubeconfig);
      return Promise.resolve({});
    };
    const pulumiCommand = await PulumiCommand.get({
      root: path.dirname(path.dirname(pulumi)),
      skipVersionCheck: true,
    });
    return await LocalWorkspace.createOrSelectStack(
      { stackName: "test", projectName: "kubernetes-plugin", program },
      {
        pulumiCommand,
        workDir,
        pulumiHome: path.join(root, "home"),
        envVars: {
          PATH: `${bin}:${process.env["PATH"] ?? ""}`,
          PULUMI_BACKEND_URL: `file://${root}`,
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        },
      },
    );
  }

  /** What an update did, by kind of step; the stack itself is left out. */
  async function up() {
    const { summary } = await stack.up();
    return summary.resourceChanges;
  }

  async function failingUp(): Promise<string> {
    try {
      await stack.up();
    } catch (error) {
      return String(error);
    }
    throw new Error("expected the update to fail");
  }

  async function kubectl(...args: string[]): Promise<string> {
    const all = ["--kubeconfig", paths.kubeconfig, "--namespace", "shop", ...args];
    return (await execute("kubectl", all)).stdout.trim();
  }

  const replicas = () => kubectl("get", "deployment", "payment", "-o", "jsonpath={.spec.replicas}");

  it("refuses a misspelt field in a preview, before its namespace exists", async () => {
    shop.misspelt = true;
    const message = await stack.preview().then(() => "", String);
    shop.misspelt = false;

    expect(message).to.contain('unknown field "spec.replica"');
  });

  it("creates everything and waits until it is ready", async () => {
    expect(await up()).to.deep.equal({ create: 7 });

    const ready = "jsonpath={.status.readyReplicas}";
    expect(await kubectl("get", "deployment", "payment", "-o", ready)).to.equal("1");
  });

  it("leaves a state of the official shape, with no secret in the clear", async () => {
    const file = path.join(root, ".pulumi/stacks/kubernetes-plugin/test.json");
    const text = await readFile(file, "utf8");
    const { checkpoint } = JSON.parse(text) as {
      checkpoint: { latest: { resources: { id?: string; type: string; outputs?: object }[] } };
    };
    const payment = checkpoint.latest.resources.find((it) => it.type.endsWith(":Deployment"));

    expect(payment?.id).to.equal("shop/payment");
    expect(Object.keys(payment?.outputs ?? {})).to.have.members([
      "__fieldManager",
      "__initialApiVersion",
      "__inputs",
      "apiVersion",
      "kind",
      "metadata",
      "spec",
      "status",
    ]);
    expect(text).to.not.contain("hunter2!");
    expect(text).to.not.contain(Buffer.from("hunter2!").toString("base64"));
  });

  it("has nothing to do the second time, nor after a refresh", async () => {
    expect(await up()).to.deep.equal({ same: 7 });
    await stack.refresh();
    expect(await up()).to.deep.equal({ same: 7 });
  });

  it("scales to 0 and back", async () => {
    shop.replicas = 0;
    expect(await up()).to.deep.equal({ same: 6, update: 1 });
    expect(await replicas()).to.equal("0");

    shop.replicas = 1;
    expect(await up()).to.deep.equal({ same: 6, update: 1 });
    expect(await replicas()).to.equal("1");
  });

  it("names kubectl as manager of the field that it scaled, and changes nothing", async () => {
    await kubectl("scale", "deployment/payment", "--replicas=3");
    shop.replicas = 0;

    const message = await failingUp();

    expect(message).to.contain('conflict with "kubectl" with subresource "scale"');
    expect(message).to.contain(".spec.replicas");
    expect(message).to.contain('"pulumi.com/patchForce": "true"');
    expect(await replicas()).to.equal("3");
  });

  it("takes the field over when told so", async () => {
    shop.patchForce = true;

    expect(await up()).to.deep.equal({ same: 6, update: 1 });
    expect(await replicas()).to.equal("0");
  });

  it("replaces a Job by deleting it first, with its pods", async () => {
    shop.jobImage = "x/load:2";

    expect(await up()).to.deep.equal({ same: 6, replace: 1 });

    const images = "jsonpath={.items[*].spec.containers[0].image}";
    expect(await kubectl("get", "pods", "-l", "job-name=load", "-o", images)).to.equal("x/load:2");
  });

  it("makes again what somebody deleted, once a refresh has seen it", async () => {
    await kubectl("delete", "deployment", "payment", "--wait=true");

    await stack.refresh();

    expect(await up()).to.deep.equal({ create: 1, same: 6 });
  });

  it("puts back what somebody changed, once a refresh has seen it", async () => {
    shop.replicas = 1;
    await up();
    await kubectl("scale", "deployment/payment", "--replicas=2");

    await stack.refresh();

    expect(await up()).to.deep.equal({ same: 6, update: 1 });
    expect(await replicas()).to.equal("1");
  });

  it("replaces a Secret without showing it", async () => {
    shop.password = "correct horse";

    const { stdout, summary } = await stack.up();

    expect(summary.resourceChanges).to.deep.equal({ same: 6, replace: 1 });
    expect(stdout).to.not.contain("correct horse");
  });

  it("keeps an object that does not become ready, says why, and fixes it later", async () => {
    shop.doomedIsSchedulable = false;
    const message = await failingUp();
    expect(message).to.contain("Deployment shop/doomed was created, but is not ready");
    expect(message).to.contain("nodes are available");

    shop.doomedIsSchedulable = true;
    expect(await up()).to.deep.equal({ same: 7, update: 1 });
  });

  it("destroys everything", async () => {
    const { summary } = await stack.destroy();

    expect(summary.resourceChanges).to.deep.equal({ delete: 8 });
    const all = ["get", "namespace", "shop", "--ignore-not-found", "-o", "name"];
    expect(await kubectl(...all)).to.equal("");
  });
});
