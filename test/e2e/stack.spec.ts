/**
 * The whole stack by the real engine, on the sandbox's cluster, in a copy of the checkout.
 *
 * Proves that entering, leaving, hand-made changes and `down` do what the README says, through the
 * Kubernetes and Datadog APIs, and that what the stack declares sees the incident: lines of the shop
 * by the declared rules and pipelines, monitors by their declared queries. Does not prove that
 * containers start (kwok only says they do), that Datadog's real API takes the objects, or that the
 * official plugins behave the same where the stand-ins are used.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { isPortFree } from "../../sandbox/host/ports.ts";
import { previewDev } from "../support/sandbox/dev-preview.ts";
import { copyCheckout } from "../support/sandbox/sandbox-copy.ts";
import type { SandboxCopy } from "../support/sandbox/sandbox-copy.ts";
import { changedSteps, jobState, processesOf } from "../support/sandbox/sandbox-facts.ts";
import { replicasOf } from "../support/sandbox/sandbox-facts.ts";

describe("the stack in the sandbox", () => {
  let copy: SandboxCopy;
  let originalConfig: string;

  /** Runs `lab` and expects it to succeed; a failure shows what it printed. */
  async function lab(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.lab(...args);
    expect(code, `lab ${args.join(" ")}\n${stdout}\n${stderr}`).to.equal(0);
    return stdout;
  }

  before(async () => {
    copy = await copyCheckout();
    originalConfig = copy.config();
  });

  after(async () => {
    await copy.end();
  });

  it("comes up from nothing and says where everything is", async () => {
    const stdout = await lab("up");

    expect(stdout).to.match(/cluster +https:\/\/127\.0\.0\.1:\d+ +Kubernetes/);
    expect(stdout).to.contain(`http://127.0.0.1:${copy.port}/`);
    expect(stdout).to.contain(`http://localhost:${copy.frontEndPort}/`);
    expect(stdout).to.match(/incident +none/);
    expect(stdout).not.to.contain("is not ready");
    expect(await replicasOf(copy, "payment")).to.deep.equal({ desired: 1, available: 1 });
  });

  it('says "no changes" the second time', async () => {
    expect(await lab("up")).to.contain("no changes");
  });

  it("takes a state of the pins before, and replaces nothing", async () => {
    const file = join(copy.root, "older.json");
    writeFileSync(file, withOlderPins(await copy.sh("pulumi", "stack", "export")));
    await copy.sh("pulumi", "stack", "import", "--file", file);

    expect(await changedSteps(copy, "incident=none")).to.deep.equal([
      "update pulumi:providers:datadog datadog: version",
      "update pulumi:providers:kubernetes cluster: version",
    ]);

    await lab("up");
    expect(await lab("up")).to.contain("no changes");
  });

  it("has the shop's page where it says, and its ledger in the status", async () => {
    const page = await fetch(`http://127.0.0.1:${copy.frontEndPort}/`);

    expect(page.status).to.equal(200);
    expect(await lab("status")).to.match(/^ {2}tried +0$/m);
  });

  it("previews entering as payment's replicas, load, lease and marker, and nothing else", async () => {
    const steps = await changedSteps(copy, "incident=payment-down");

    expect(steps).to.deep.equal([
      "create kubernetes:apps/v1:Deployment",
      "create kubernetes:batch/v1:Job",
      "create kubernetes:core/v1:ConfigMap",
      "create kubernetes:core/v1:ConfigMap",
      "create kubernetes:core/v1:ServiceAccount",
      "create kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "create kubernetes:rbac.authorization.k8s.io/v1:Role",
      "create kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
      "create sockshop:incident:Lease",
      "create sockshop:incident:LoadJob",
      "update command:local:Command incident-marker: stdin",
      "update kubernetes:apps/v1:Deployment payment: spec.replicas",
    ]);
  });

  it("enters: payment has no pods, the load is there, and all three views agree", async () => {
    await lab("incident", "enter", "payment-down");

    expect(await replicasOf(copy, "payment")).to.deep.equal({ desired: 0, available: 0 });
    const status = await copy.lab("incident", "status");
    expect(status.stdout).to.match(/running +payment 0\/0 +0 endpoints .* load job locust-/);
    expect(status.code).to.equal(0);
  });

  it("says that it is already entered, without an update", async () => {
    expect(await lab("incident", "enter", "payment-down")).to.equal(
      "already in payment-down: nothing to do\n",
    );
  });

  it("notices a scaling by hand and puts it back", async () => {
    await copy.sh("kubectl", "scale", "deployment/payment", "-n", "sock-shop", "--replicas=1");
    const status = await copy.lab("incident", "status");
    expect(status.code).to.equal(1);
    expect(status.stdout).to.contain("! payment is scaled to 1, the stack declares 0");

    await lab("incident", "enter", "payment-down");

    expect(await replicasOf(copy, "payment")).to.deep.include({ desired: 0 });
  });

  it("leaves after a scaling by hand, and the file is as it was", async () => {
    await copy.sh("kubectl", "scale", "deployment/payment", "-n", "sock-shop", "--replicas=1");

    await lab("incident", "leave");

    expect(await replicasOf(copy, "payment")).to.deep.equal({ desired: 1, available: 1 });
    expect(await jobState(copy)).to.equal("absent");
    expect(copy.config()).to.equal(originalConfig);
  });

  it("enters again, although kubectl owned the replicas in between", async () => {
    await lab("incident", "enter", "payment-down");

    expect(await replicasOf(copy, "payment")).to.deep.equal({ desired: 0, available: 0 });
  });

  it("makes the monitor of the root cause alert, and the log search find refused orders", async () => {
    let monitors = "";
    while (!/^Alert .*ROOT CAUSE/m.test(monitors)) {
      await sleep(2_000);
      monitors = (await copy.lab("monitors")).stdout;
    }
    // an order that was cut off by the scaling above is no refusal, and can make it alert alone
    const refused = "kube_namespace:sock-shop service:sock-shop-orders @order.outcome:refused";
    let found = "";
    while (found === "") found = await lab("logs", refused, "--limit", "1");

    expect(found).to.match(/^\S+Z +error +sock-shop-orders /m);
    expect(monitors).not.to.match(/^Alert .*orders fail although payment is up/m);
  });

  it("takes a load Job that has finished for no change, and leaves with it", async () => {
    while ((await jobState(copy)) !== "Complete") await sleep(500);

    expect(await lab("up")).to.contain("no changes");
    await lab("incident", "leave");

    expect(await jobState(copy)).to.equal("absent");
  });

  it("takes every object of stack dev, validated by the API server in a preview", async () => {
    const { steps, failure } = await previewDev(copy, "kind-sockshop");

    expect(failure).to.equal("");
    expect(steps.filter((step) => !step.startsWith("create "))).to.deep.equal([]);
    const count = (type: string): number => steps.filter((step) => step.endsWith(type)).length;
    expect(count("apps/v1:Deployment")).to.equal(14);
    expect(count("core/v1:Service")).to.equal(14);
    expect(count("index/provider:Provider") + count("providers:kubernetes")).to.equal(1);
  });

  it("does not preview stack dev on whatever context is the current one", async () => {
    const { steps, failure } = await previewDev(copy, "somewhere-else");

    expect(steps).to.deep.equal([]);
    expect(failure).to.contain("kind-sockshop");
  });

  it("asked the Datadog API nothing that the stand-in does not know", async () => {
    const response = await fetch(`http://127.0.0.1:${copy.port}/sandbox/requests?unknown`);

    expect(await response.json()).to.deep.equal({ requests: [] });
  });

  it("goes down and leaves no process, port or file", async () => {
    await lab("incident", "enter", "payment-down");

    await lab("down");

    expect(existsSync(join(copy.root, ".sandbox"))).to.equal(false);
    for (const port of [copy.port, copy.frontEndPort, copy.frontEndPort + 2]) {
      expect(await isPortFree(port), String(port)).to.equal(true);
    }
    expect(processesOf(copy.root)).to.deep.equal([]);
  });

  it("says that there is nothing to do the second time", async () => {
    expect(await lab("down")).to.contain("nothing to do");
  });
});

/** The state as plugins kubernetes 4.32.0 and datadog 5.8.0, or their stand-ins, would have left it. */
function withOlderPins(exported: string): string {
  const state = JSON.parse(exported) as {
    deployment: { resources: { type: string; inputs?: Properties; outputs?: Properties }[] };
  };
  const older: Readonly<Record<string, string>> = {
    "pulumi:providers:kubernetes": "4.32.0",
    "pulumi:providers:datadog": "5.8.0",
  };
  for (const { type, inputs = {}, outputs = {} } of state.deployment.resources) {
    const version = older[type];
    if (version !== undefined) for (const it of [inputs, outputs]) it["version"] = version;
    // the stand-in left these out, the official plugin kept them empty
    if (type === "datadog:index/monitor:Monitor") delete outputs["restrictedRoles"];
  }
  return JSON.stringify(state);
}

type Properties = Record<string, unknown>;
