/**
 * The synthetic checkout by the real engine, on the sandbox's cluster, in a copy of the checkout.
 *
 * Proves that the worker's pod gets its configuration from the Secret that the private location made,
 * that it runs the declared steps against the shop that runs there, that its results make the status
 * of the test's monitor without any other customer, and that a second `up` finds nothing to change.
 * The other optional parts in Datadog are on as well: scanner, notification rules, workflow, index and archive.
 * Does not prove what Datadog's own worker does.
 */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { standInClient } from "../../sandbox/datadog/client.ts";
import { copyCheckout } from "../support/sandbox/sandbox-copy.ts";
import type { SandboxCopy } from "../support/sandbox/sandbox-copy.ts";

describe("the synthetic checkout in the sandbox", () => {
  let copy: SandboxCopy;

  before(async () => {
    copy = await copyCheckout();
    const file = join(copy.root, "Pulumi.sandbox.yaml");
    const optional = [
      "synthetics: private",
      "secretScanner: true",
      "routing: rules",
      "declareIncidents: true",
      'notify: ["@slack-sock-shop"]',
      "logIndex: { dailyLimit: 1000 }",
      'logArchive: { bucket: logs, accountId: "123456789012", roleName: datadog-archive }',
    ];
    appendFileSync(file, optional.map((line) => `  sock-shop:${line}\n`).join(""));
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
  const state = () => standInClient(`http://127.0.0.1:${copy.port}/`).state();

  async function newest() {
    const { synthetics, monitors, evaluation } = await state();
    const monitor = monitors.find(({ type }) => type === "synthetics alert");
    const status = evaluation.monitors[monitor?.id ?? 0]?.groups["*"]?.status;
    return { result: synthetics.results.at(-1), status, runs: synthetics.results.length };
  }

  /** Waits for a run that ends so, and for the monitor to say the same. */
  async function until(passed: boolean): Promise<Awaited<ReturnType<typeof newest>>> {
    const wanted = passed ? "OK" : "Alert";
    for (;;) {
      const found = await newest();
      if (found.result?.passed === passed && found.status === wanted) return found;
      await sleep(1_000);
    }
  }

  it("orders by itself, and its monitor is OK", async () => {
    await lab("up");

    const { result } = await until(true);

    expect(result).to.not.have.property("failure");
    const log = await kubectl("logs", "deployment/synthetics-worker");
    expect(log).to.contain("stand-in of the synthetics worker: not Datadog's own");
    expect(log).to.contain("[sock-shop] a customer cannot order: passed");
  });

  it("keeps the location's configuration in the Secret, and out of the state in the clear", async () => {
    const path = "jsonpath={.data.synthetics-check-runner\\.json}";
    const encoded = await kubectl("get", "secret", "synthetics-worker", "-o", path);
    const config = JSON.parse(Buffer.from(encoded, "base64").toString()) as Record<string, string>;

    expect(config["id"]).to.match(/^pl:/);
    const exported = await copy.sh("pulumi", "stack", "export");
    expect(exported).to.contain("SyntheticsPrivateLocation");
    expect(exported).to.not.contain(config["secretAccessKey"]);
    expect(await lab("up")).to.contain("no changes");
  });

  it("has the optional parts in Datadog once each, whatever is deployed or refreshed meanwhile", async () => {
    expect(await lab("up", "--refresh")).to.contain("no changes");

    const { scanner, notificationRules, workflows, logIndexes, logArchives, unknown } =
      await state();
    expect(scanner.groups).to.have.length(1);
    expect(scanner.rules.length).to.be.greaterThan(5);
    expect(notificationRules).to.have.length(3);
    expect(workflows).to.have.length(1);
    expect([logIndexes, logArchives].map(({ length }) => length)).to.deep.equal([1, 1]);
    expect(unknown).to.deep.equal([]);
  });

  it("turns red at the order when payment is gone, though nobody else orders", async () => {
    await kubectl("scale", "deployment/payment", "--replicas=0");

    const { result } = await until(false);

    expect(result?.failure).to.equal('step "order": status 500 instead of 201');
  });

  it("turns green again by itself once payment is back", async () => {
    await kubectl("scale", "deployment/payment", "--replicas=1");

    const { runs } = await until(true);

    expect(runs).to.be.greaterThan(2);
  });
});
