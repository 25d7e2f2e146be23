/**
 * kill -9 in each phase of a run but `hold`, which incident-run.spec.ts has, in a copy of the checkout
 * with the real engine.
 *
 * The plan's change is frozen, so that no alert keeps the next run from beginning: the flag, the
 * guard, the load and the stack's file change, payment does not. Proves that the next command says
 * where the run stopped and that `incident leave` takes all of that back. Does not prove what happens
 * when the machine itself stops.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { readJournal } from "../../cli/incident/run/journal.ts";
import { phases } from "../../cli/incident/run/phases.ts";
import { copyCheckout, type SandboxCopy } from "../support/sandbox/sandbox-copy.ts";
import { jobState, replicasOf } from "../support/sandbox/sandbox-facts.ts";

describe("a run that is killed", () => {
  let copy: SandboxCopy;
  let config: string;

  before(async () => {
    copy = await copyCheckout();
    const plan = join(copy.root, "components/incident/plan.ts");
    const text = readFileSync(plan, "utf8").replace("{ payment: 0 }", "{ payment: 1 }");
    writeFileSync(plan, text);
    const { code, stderr } = await copy.lab("up");
    expect(code, stderr).to.equal(0);
    config = copy.config();
  });

  after(async () => {
    await copy.lab("down");
    copy.remove();
  });

  const runs = () =>
    globSync("runs/*/journal.jsonl", { cwd: copy.root })
      .map((path) => basename(dirname(path)))
      .sort();

  async function killIn(phase: string): Promise<void> {
    const known = runs().length;
    const { child, end } = copy.start(
      "incident",
      "run",
      "payment-down",
      "--for",
      "5s",
      "--users",
      "1",
    );
    for (;;) {
      expect(child.exitCode, `the run ended before ${phase}`).to.equal(null);
      const name = runs()[known];
      const file = name && readFileSync(join(copy.root, "runs", name, "journal.jsonl"), "utf8");
      if (file && readJournal(file).current === phase) break;
      await sleep(20);
    }
    child.kill("SIGKILL");
    await end;
  }

  /** An update that the kill has left behind ends by itself first. */
  async function leave(): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      const { code, stdout, stderr } = await copy.lab("incident", "leave");
      if (code === 0) return stdout;
      expect(attempt, stderr).to.be.lessThan(10);
      await sleep(5_000);
    }
  }

  for (const phase of phases.filter((one) => one !== "hold")) {
    it(`in ${phase} is found, and left by incident leave`, async () => {
      await killIn(phase);

      const status = await copy.lab("incident", "status");
      expect(status.stdout).to.contain(`was cut off in ${phase}`);
      expect(await leave()).to.contain("is ended: it was cut off");

      expect(copy.config()).to.equal(config);
      expect(await replicasOf(copy, "payment")).to.deep.equal({ desired: 1, available: 1 });
      expect(await jobState(copy)).to.equal("absent");
      const after = await copy.lab("incident", "status");
      expect(after.code, after.stdout).to.equal(0);
    });
  }
});
