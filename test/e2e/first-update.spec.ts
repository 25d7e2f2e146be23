/**
 * The first update of a stack by the real engine, on the sandbox's cluster, in a copy of the checkout.
 *
 * Proves that a stack comes up in the state that its file says, and that the next `lab up` recovers
 * from an update that was killed in the middle, with no object made twice and no process left. Does
 * not prove every moment at which an engine can be killed, nor anything about Datadog's real API.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { copyCheckout, type SandboxCopy } from "../support/sandbox/sandbox-copy.ts";
import { doubledMonitors, processesOf, replicasOf } from "../support/sandbox/sandbox-facts.ts";

describe("the first update of a stack", () => {
  let copy: SandboxCopy;

  /** Runs `lab` and expects it to succeed; a failure shows what it printed. */
  async function lab(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.lab(...args);
    expect(code, `lab ${args.join(" ")}\n${stdout}\n${stderr}`).to.equal(0);
    return stdout;
  }

  before(async () => {
    copy = await copyCheckout();
    const text = copy
      .config()
      .replace("sock-shop:incident: none", "sock-shop:incident: payment-down");
    writeFileSync(join(copy.root, "Pulumi.sandbox.yaml"), text);
  });

  after(async () => {
    await copy.end();
  });

  it("comes up in the incident state when that is what the file says", async () => {
    expect(await lab("up")).to.match(/incident +payment-down/);

    expect(await replicasOf(copy, "payment")).to.deep.equal({ desired: 0, available: 0 });
    await lab("incident", "leave");
    await copy.stop();
  });

  it("recovers from an update that was killed in the middle", async () => {
    const { end } = copy.start("up");
    const tooEarly = end.then(({ stdout, stderr }) => {
      throw new Error(`up ended before it could be killed:\n${stdout}\n${stderr}`);
    });
    process.kill(await Promise.race([engineInTheMiddle(copy.root), tooEarly]), "SIGKILL");
    const killed = await end;
    expect(killed.code).to.equal(1);
    expect(killed.stderr).to.match(/^lab: pulumi up failed with exit code 137: .*$/m);

    const recovered = await lab("up");

    expect(recovered).to.contain("dropping the lock of an update that was killed");
    expect(await lab("up")).to.contain("no changes");
    expect(await replicasOf(copy, "payment")).to.deep.equal({ desired: 1, available: 1 });
    expect(await doubledMonitors(copy)).to.deep.equal([]);
    await copy.stop();
    expect(processesOf(copy.root)).to.deep.equal([]);
  });
});

/** Waits until an update is creating resources of Kubernetes; returns the engine's pid. */
async function engineInTheMiddle(root: string): Promise<number> {
  const backend = join(root, ".sandbox", "backend", ".pulumi");
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline) {
    await sleep(20);
    const state = textOf(join(backend, "stacks", "sock-shop", "sandbox.json"));
    if (!state.includes('"type":"creating"')) continue;
    if (!state.includes('"kubernetes:apps/v1:Deployment"')) continue;
    const locks = join(backend, "locks", "organization", "sock-shop", "sandbox");
    const [lock] = readdirSync(locks);
    if (lock === undefined) continue;
    return (JSON.parse(readFileSync(join(locks, lock), "utf8")) as { pid: number }).pid;
  }
  throw new Error("no update was in the middle");
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
