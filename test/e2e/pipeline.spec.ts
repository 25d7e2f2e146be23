/**
 * What the nightly pipeline runs besides the tests, by its own targets of the Makefile, on the
 * sandbox's cluster, in a copy of the checkout.
 *
 * Proves that `make drift` and `make overdue` are content with a fresh stack and with an incident
 * that was just staged, that they fail for what somebody changed or deleted by hand in the cluster
 * and in Datadog, and for an incident that was left on, and that they say in readable lines what it
 * is. Does not prove that GitHub runs the workflows, nor that the official plugins and Datadog's own
 * API read back what the stand-ins do.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { standInClient } from "../../sandbox/datadog/client.ts";
import { copyCheckout, type SandboxCopy } from "../support/sandbox/sandbox-copy.ts";

describe("the nightly checks in the sandbox", () => {
  let copy: SandboxCopy;

  before(async () => {
    copy = await copyCheckout();
    await lab("up");
  });

  after(async () => {
    await copy.end();
  });

  /** Runs `lab` and expects it to succeed; a failure shows what it printed. */
  async function lab(...args: string[]): Promise<void> {
    const { code, stdout, stderr } = await copy.lab(...args);
    expect(code, stdout + stderr).to.equal(0);
  }

  /** Sends a request about the monitor of that title to the Datadog stand-in. */
  async function onMonitor(title: string, method: string, body?: object): Promise<void> {
    const url = `http://127.0.0.1:${copy.port}/`;
    const { monitors } = await standInClient(url).state();
    const monitor = monitors.find(({ name }) => name === `[sock-shop] ${title}`);
    const response = await fetch(new URL(`api/v1/monitor/${monitor?.id ?? title}`, url), {
      method,
      headers: { "dd-api-key": "k", "dd-application-key": "k", "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.status).to.equal(200);
  }

  const expectNoDrift = async () => {
    const { code, stdout, stderr } = await copy.make("drift");

    expect(stdout, stderr).to.match(/^no drift: all \d+ resources are as stack sandbox .*\n$/);
    expect(code).to.equal(0);
  };

  it("find nothing on a fresh stack", async () => {
    await expectNoDrift();

    const overdue = await copy.make("overdue");
    expect([overdue.code, overdue.stdout]).to.deep.equal([0, "no incident is on\n"]);
  });

  it("find what somebody changed and deleted by hand, and up --refresh puts it back", async () => {
    await copy.sh("kubectl", "scale", "deployment/catalogue", "-n", "sock-shop", "--replicas=2");
    await onMonitor("payment stopped logging", "PUT", { message: "I know, do not page me" });
    await onMonitor("the load Job is running", "DELETE");

    const { code, stdout } = await copy.make("drift");

    expect(code).not.to.equal(0);
    const [last, ...found] = stdout.trim().split("\n").reverse();
    expect(
      found
        .reverse()
        .filter((line) => line.startsWith("!"))
        .sort(),
    ).to.deep.equal([
      "! Deployment catalogue differs",
      "! Monitor load-running is missing, the stack declares it",
      "! Monitor payment-silent differs",
    ]);
    expect(found).to.include("    spec.replicas is 2, the stack declares 1");
    expect(found.join("\n")).to.contain(
      "    message is I know, do not page me, the stack declares {{#is_alert}}",
    );
    expect(last).to.match(/^3 of \d+ resources drifted; run \.\/lab up --refresh to fix$/);

    await lab("up", "--refresh");
    await expectNoDrift();
  });

  it("are content with an incident that was just staged", async () => {
    await lab("incident", "enter", "payment-down");

    await expectNoDrift();
    const overdue = await copy.make("overdue");
    expect([overdue.code, overdue.stdout]).to.deep.equal([
      0,
      "incident payment-down is on, not for too long\n",
    ]);
  });

  it("find an incident that was left on, in an exported state and in the stack's own", async () => {
    const file = join(copy.root, "state.json");
    expect((await copy.make("export", "file=state.json")).code).to.equal(0);
    const old = new Date(Date.now() - 3 * 3_600_000).toISOString();
    const times = /"(created|modified|creationTimestamp)": "[^"]+"/g;
    writeFileSync(file, readFileSync(file, "utf8").replace(times, `"$1": "${old}"`));

    const exported = await copy.make("overdue", "file=state.json");
    await copy.sh("pulumi", "stack", "import", "--stack", "sandbox", "--file", file);
    const own = await copy.make("overdue");

    for (const { code, stdout } of [exported, own]) {
      expect(code).not.to.equal(0);
      expect(stdout).to.match(
        /^! the lease of incident payment-down ran out at \S+Z, and the stack still declares it; .*leave/,
      );
    }
  });
});
