/**
 * Every state of the flag, one after the other, by the real engine with the policy pack, on the
 * sandbox's cluster, in a copy of the checkout.
 *
 * Proves that each state can be reached from the one before it past the policies, that nothing has
 * drifted then, not even while the load runs, that flag, stack and cluster agree, and that the way
 * back leaves nothing of any incident in the cluster. Does not prove what a state does to orders
 * (load.spec.ts) or to monitors (stack.spec.ts and the signal bench), nor that containers start.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { incidentStates } from "../../components/incident/plan.ts";
import { copyCheckout, type SandboxCopy } from "../support/sandbox/sandbox-copy.ts";

describe("every state of the flag in the sandbox", () => {
  let copy: SandboxCopy;
  let healthy: { config: string; objects: string[] };

  before(async () => {
    copy = await copyCheckout();
    const { code, stdout, stderr } = await copy.lab("up");
    expect(code, stdout + stderr).to.equal(0);
    healthy = { config: copy.config(), objects: await objects() };
  });

  after(async () => {
    await copy.end();
  });

  /** Names of what stands in the shop's namespace; of pods and the like, which workload they serve. */
  async function objects(): Promise<string[]> {
    const resources = ["api-resources", "--namespaced", "--verbs=list", "--output", "name"];
    const all = linesOf(await copy.sh("kubectl", ...resources));
    // addresses of Services come a little later, and kwok keeps an object of its own for each pod
    const kinds = all.filter((kind) => !/^events\b|^endpoint|\.kwok\./.test(kind)).join(",");
    const names = await copy.sh("kubectl", "get", kinds, "-n", "sock-shop", "--output", "name");
    const generated = /(?<=^(pod|replicaset)\S*\/.*?)(-[a-z0-9]{5,10})+$/;
    return [...new Set(linesOf(names).map((name) => name.replace(generated, "")))].sort();
  }

  async function reach(state: string): Promise<void> {
    await copy.sh("pulumi", "config", "set", "incident", state);
    const { code, stdout, stderr } = await copy.lab("up", "--policies");
    expect(code, stdout + stderr).to.equal(0);
  }

  async function expectSettled(state: string): Promise<void> {
    // while the load runs, too
    const { code, stdout, stderr } = await copy.lab("drift");
    expect(code, stdout + stderr).to.equal(0);

    const status = await copy.lab("incident", "status");
    expect(status.code, status.stdout).to.equal(0);
    expect(status.stdout).to.match(new RegExp(`^flag +${state} `, "m"));
    expect(status.stdout).to.match(new RegExp(`^applied +${state} `, "m"));
  }

  for (const state of incidentStates.filter((known) => known !== "none")) {
    it(`goes to ${state} past the policies, and all views agree`, async () => {
      await reach(state);

      await expectSettled(state);
      expect(await objects()).not.to.deep.equal(healthy.objects);
    });
  }

  it("goes back to none, and nothing of any incident is left", async () => {
    await reach("none");

    await expectSettled("none");
    const deadline = Date.now() + 60_000;
    let left = await objects();
    // the cluster removes the pods of what was deleted a little later
    while (left.join() !== healthy.objects.join() && Date.now() < deadline) {
      await sleep(1000);
      left = await objects();
    }
    expect(left).to.deep.equal(healthy.objects);
    expect(copy.config()).to.equal(healthy.config);
  });
});

function linesOf(text: string): string[] {
  return text.trim().split("\n");
}
