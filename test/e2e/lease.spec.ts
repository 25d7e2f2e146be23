/**
 * The lease of an incident by the real engine, on the sandbox's cluster, in a copy of the checkout.
 *
 * Proves that the guard, a real process with a real token, restores the healthy state by itself when
 * a short lease is over and not before, that the API server lets it do that and nothing else, that a
 * forgotten flag cannot restore the fault for long, that the incident can be left and entered
 * afterwards, and that a muted drill has one downtime with the lease's own end. Does not prove that the image has the Python that runs here, that a CNI enforces the
 * network policy, or that a kubelet renews the token.
 */
import { appendFileSync, globSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { standInClient } from "../../sandbox/datadog/client.ts";
import { copyCheckout } from "../support/sandbox/sandbox-copy.ts";
import type { SandboxCopy } from "../support/sandbox/sandbox-copy.ts";
import { processesOf, replicasOf } from "../support/sandbox/sandbox-facts.ts";

const account = "system:serviceaccount:sock-shop:payment-down-lease";
const guards = "deployments,pods,serviceaccounts,roles,rolebindings,networkpolicies,configmaps";
const down = { desired: 0, available: 0 };
const healthy = { desired: 1, available: 1 };

describe("the lease of an incident in the sandbox", () => {
  let copy: SandboxCopy;

  before(async () => {
    copy = await copyCheckout();
    const file = join(copy.root, "Pulumi.sandbox.yaml");
    appendFileSync(file, "  sock-shop:incidentLease: 90s\n  sock-shop:notifyDrills: false\n");
  });

  after(async () => {
    await copy.end();
  });

  async function lab(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.lab(...args);
    expect(code, `lab ${args.join(" ")}\n${stdout}\n${stderr}`).to.equal(0);
    return stdout;
  }
  const kubectl = (...args: string[]) => copy.sh("kubectl", "-n", "sock-shop", ...args);
  const logOf = (state: string) => kubectl("logs", `deployment/${state}-lease`);
  const tokens = () => globSync(join(copy.root, ".sandbox/pods/**/token"));
  const payment = () => replicasOf(copy, "payment");
  const selector = () =>
    kubectl("get", "service", "payment", "-o", "jsonpath={.spec.selector.name}");

  async function downtimes() {
    const { downtimes } = await standInClient(`http://127.0.0.1:${copy.port}/`).state();
    return downtimes.map(({ canceled, attributes: { schedule } }) => {
      return { ends: schedule.end, canceled: canceled !== null };
    });
  }

  /** What the API server says to the guard's account. */
  async function asGuard(...args: string[]): Promise<string> {
    const all = ["shell", "--", "kubectl", "-n", "sock-shop", "--as", account, ...args];
    const { code, stdout, stderr } = await copy.lab(...all);
    return code === 0 ? stdout : stderr;
  }

  it("is there before the fault, has been rehearsed, and keeps its token to itself", async () => {
    await lab("up");
    expect(tokens()).to.deep.equal([]);

    await lab("incident", "enter", "payment-down");

    expect(await payment()).to.deep.equal(down);
    const log = await logOf("payment-down");
    expect(log).to.contain("may restore payment with 1 replicas").and.contain("the lease ends at");
    expect(tokens()).to.have.length(1);
    expect(statSync(tokens()[0] ?? "").mode & 0o777).to.equal(0o600);
  });

  it("mutes the drill until the very second at which it ends, whatever is deployed meanwhile", async () => {
    const path = "jsonpath={.metadata.creationTimestamp}";
    const created = await kubectl("get", "deployment", "payment-down-lease", "-o", path);
    const ends = new Date(Date.parse(created) + 90_000).toISOString().replace(".000", "");

    expect(await downtimes()).to.deep.equal([{ ends, canceled: false }]);
    expect(await lab("up")).to.contain("no changes");
  });

  it("touches nothing before its time", async () => {
    const status = await lab("incident", "status");

    expect(status).to.match(/^lease +90s +ends at .*Z, in [12] min$/m);
    expect(await payment()).to.deep.equal(down);
    expect(await logOf("payment-down")).not.to.contain("restored");
  });

  it("may scale payment, and nothing else", async () => {
    const none = '{"spec":{"replicas":0}}';
    const refused: readonly (readonly string[])[] = [
      ["patch", "deployment", "orders", "-p", none],
      ["patch", "deployment", "payment", "-p", none],
      ["patch", "deployment", "payment-down-lease", "-p", none],
      ["scale", "deployment", "orders", "--replicas=0"],
      ["patch", "service", "payment", "-p", '{"spec":{"selector":{"name":"orders"}}}'],
      ["delete", "deployment", "payment"],
      ["get", "secrets"],
      ["get", "pods"],
    ];
    for (const args of refused) expect(await asGuard(...args)).to.contain("forbidden");
    const scale = ["patch", "deployment", "payment", "--subresource=scale", "--dry-run=server"];
    expect(await asGuard(...scale, "-p", none)).to.contain("patched");
  });

  it("restores payment when it ends, without any pulumi", async () => {
    while ((await payment()).available !== 1) await sleep(1_000);

    const log = await logOf("payment-down");
    expect(log).to.contain("the lease is over: restored payment with 1 replicas");
  });

  it("is seen by status, by the nightly check, and by who would enter once more", async () => {
    const status = await copy.lab("incident", "status");
    expect(status.code).to.equal(1);
    expect(status.stdout).to.match(/^lease +ran out +at /m);
    expect(status.stdout).to.contain("! payment is scaled to 1, the stack declares 0");

    const overdue = await copy.lab("incident", "overdue");
    expect([overdue.code, overdue.stdout.split(" ran out")[0]]).to.deep.equal([
      1,
      "! the lease of incident payment-down",
    ]);
    const again = await copy.lab("incident", "enter", "payment-down");
    expect(again.stderr).to.contain("first ./lab incident leave");
  });

  it("does not let a forgotten flag restore the fault for long", async () => {
    await lab("up", "--refresh");

    // that the fault was back can be over before anybody looks, so the guard's own words count
    const restored = /the lease is over: restored payment/g;
    while ([...(await logOf("payment-down")).matchAll(restored)].length < 2) await sleep(1_000);
    while ((await payment()).available !== 1) await sleep(1_000);
  });

  it("is gone with the incident, which is left as any other", async () => {
    await lab("incident", "leave");

    expect(await payment()).to.deep.equal(healthy);
    expect(await kubectl("get", guards, "-o", "name")).not.to.contain("lease");
    expect(tokens()).to.deep.equal([]);
    expect(processesOf(copy.root).filter((line) => line.includes("lease.py"))).to.deep.equal([]);
    expect(await lab("up")).to.contain("no changes");
    expect((await downtimes()).map(({ canceled }) => canceled)).to.deep.equal([true]);
  });

  it("leads callers past the proxy, too, and the next incident can be entered", async () => {
    await lab("incident", "enter", "payment-errors");
    expect(await selector()).to.equal("payment-proxy");

    while ((await selector()) !== "payment") await sleep(1_000);

    expect(await logOf("payment-errors")).to.contain("restored Service payment to its own pods");
    await lab("incident", "leave");
    await lab("incident", "enter", "payment-down");
    expect(await payment()).to.deep.equal(down);
    await lab("incident", "leave");
  });
});
