/**
 * The policy pack and the contract by the real engine, on the sandbox's cluster, in a copy of the
 * checkout.
 *
 * Proves that a mandatory violation stops `lab up` before anything exists, that a stack without one
 * is applied, that the pack judges an exported state, and that the contract holds for every state.
 * Does not prove that the official language host runs the pack where the stand-in is used; single
 * rules are proven without an engine, in test/policies.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { incidentStates } from "../../components/incident/plan.ts";
import { copyCheckout, type SandboxCopy } from "../support/sandbox/sandbox-copy.ts";

describe("the policies in the sandbox", () => {
  let copy: SandboxCopy;

  before(async () => {
    copy = await copyCheckout();
  });

  after(async () => {
    await copy.end();
  });

  const namespaces = () => copy.sh("kubectl", "get", "namespaces", "--output", "name");

  it("stop up before anything changes, and say what, where, why and how to fix it", async () => {
    const file = join(copy.root, "Pulumi.sandbox.yaml");
    const before = copy.config();
    writeFileSync(file, `${before}  sock-shop:frontEndNodePort: "30001"\n`);

    const { code, stdout } = await copy.lab("up", "--policies");

    writeFileSync(file, before);
    expect(code).to.equal(1);
    expect(stdout).to.match(/\[mandatory\] +exposed-services/);
    expect(stdout).to.contain("front-end: it is a NodePort in stack sandbox");
    expect(stdout).to.contain("Why: ");
    expect(stdout).to.contain("Fix: ");
    expect(await namespaces()).not.to.contain("namespace/sock-shop");
  });

  it("let up go on when there is nothing against the stack", async () => {
    const { code, stdout, stderr } = await copy.lab("up", "--policies");

    expect(code, stdout + stderr).to.equal(0);
    expect(await namespaces()).to.contain("namespace/sock-shop");
  });

  it("judge an exported state without program, cluster or login", async () => {
    const state = join(copy.root, "state.json");
    expect((await copy.make("export")).code).to.equal(0);
    const healthy = await copy.make("analyze");
    expect(healthy.code, healthy.stdout + healthy.stderr).to.equal(0);

    // as if somebody had switched orders off and nobody had noticed
    const exported = JSON.parse(readFileSync(state, "utf8")) as Export;
    for (const resource of exported.deployment.resources) {
      const isOrders = resource.urn.endsWith("kubernetes:apps/v1:Deployment::orders");
      if (isOrders && resource.inputs?.spec) resource.inputs.spec.replicas = 0;
    }
    writeFileSync(state, JSON.stringify(exported));
    const { code, stdout } = await copy.make("analyze", "file=state.json");

    expect(code).not.to.equal(0);
    expect(stdout).to.contain("orders: it has 0 replicas, and no incident may switch it off");
  });

  it("hold the contract in every state, and change nothing", async () => {
    const before = copy.config();

    const { code, stdout, stderr } = await copy.lab("contract");

    expect(code, stdout + stderr).to.equal(0);
    for (const state of incidentStates) expect(stdout).to.contain(state);
    expect(copy.config()).to.equal(before);
    expect((await copy.lab("up", "--policies")).stdout).to.contain("no changes");
  });
});

/** What of `pulumi stack export` is changed. */
interface Export {
  readonly deployment: {
    readonly resources: readonly {
      readonly urn: string;
      readonly inputs?: { readonly spec?: { replicas?: number } };
    }[];
  };
}
