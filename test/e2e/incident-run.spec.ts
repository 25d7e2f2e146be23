/**
 * An exercise by the real engine, on the sandbox's cluster, in a copy of the checkout.
 *
 * Proves that a fault that never landed makes a run invalid, that one that did makes it valid with two
 * proofs, a ledger that agrees and a bundle that is whole, that the stack's file is given back to the
 * letter, and that `incident leave` restores the shop after kill -9. Does not prove the words of other
 * builds of orders, or a front-end behind a real ingress.
 */
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { readJournal } from "../../cli/incident/run/journal.ts";
import type { FailedOrders } from "../../cli/incident/bundle/failed-orders.ts";
import { incidentRunDocument } from "../../cli/json/schemas/run.ts";
import { copyCheckout, type SandboxCopy } from "../support/sandbox/sandbox-copy.ts";
import { replicasOf } from "../support/sandbox/sandbox-facts.ts";

const healthy = { desired: 1, available: 1 };
const plan = "components/incident/plan.ts";
const landing = "replicas: { payment: 0 }";

describe("a run in the sandbox", () => {
  let copy: SandboxCopy;
  let config: string;

  before(async () => {
    copy = await copyCheckout();
    const { code, stderr } = await copy.lab("up");
    expect(code, stderr).to.equal(0);
    config = copy.config();
  });

  after(async () => {
    await copy.end();
  });

  /** Folders of runs that have begun their journal, the oldest first. */
  const runs = () =>
    globSync("runs/*/journal.jsonl", { cwd: copy.root })
      .map((path) => basename(dirname(path)))
      .sort();
  const inRun = (name: string, ...path: string[]) => join(copy.root, "runs", name, ...path);

  const documentIn = ({ stdout, stderr }: { stdout: string; stderr: string }) => {
    expect(stdout, stderr).not.to.equal("");
    return incidentRunDocument.parse(JSON.parse(stdout));
  };

  /** Starts a run, and waits until it holds the fault. */
  async function startAndHold(...args: string[]) {
    const known = runs().length;
    const started = copy.start("incident", "run", "payment-down", ...args);
    const current = (): string | undefined => {
      const name = runs()[known];
      if (name === undefined) return undefined;
      const text = readFileSync(inRun(name, "journal.jsonl"), "utf8");
      return text === "" ? undefined : readJournal(text).current;
    };
    while (current() !== "hold") {
      expect(started.child.exitCode, "the run ended before it held the fault").to.equal(null);
      await sleep(500);
    }
    return started;
  }

  it("is invalid where the fault is declared and never lands", async () => {
    const file = join(copy.root, plan);
    const text = readFileSync(file, "utf8");
    expect(text).to.contain(landing);
    writeFileSync(file, text.replace(landing, "replicas: { payment: 1 }"));

    const args = ["run", "payment-down", "--for", "10s", "--users", "2", "--json"];
    const ended = await copy.lab("incident", ...args);

    writeFileSync(file, text);
    const [found] = documentIn(ended).runs;
    expect([ended.code, found?.verdict]).to.deep.equal([4, "invalid"]);
    const problems = found?.phases.flatMap((one) =>
      one.problems.map((it) => `${one.phase}: ${it}`),
    );
    expect(problems?.join("\n"))
      .to.contain("witness: not proven within 25 s")
      .and.contain("Service payment still has ready endpoints")
      .and.contain("no request failed at payment");
    expect(await replicasOf(copy, "payment")).to.deep.equal(healthy);
    expect(copy.config()).to.equal(config);
  });

  it("is valid where it lands, by two proofs, and says who restored the shop", async () => {
    const until = ["--hold-until", "restored", "--for", "3m"];
    const { end } = await startAndHold(...until, "--users", "3", "--json");
    await sleep(8_000);
    await copy.sh("kubectl", "-n", "sock-shop", "scale", "deployment", "payment", "--replicas=1");
    const ended = await end;

    const [found] = documentIn(ended).runs;
    if (!found) throw new Error(ended.stdout);
    const problems = found.phases.flatMap((one) => one.problems);
    expect([ended.code, found.verdict, problems]).to.deep.equal([0, "valid", []]);
    expect(found.restoredBy).to.match(/^kubectl scale by kubectl at 20.*Z$/);
    expect(found.mitigated).to.include({ by: found.restoredBy });
    expect(found.recovered).to.include({ by: "an order of the run is placed" });
    expect(found.orders).to.include({ lost: 0, duplicated: 0 }).and.not.include({ failed: 0 });
    expect(found.load).to.include({ seed: "42", customers: 3, kept: true });
    expect(await replicasOf(copy, "payment")).to.deep.equal(healthy);
    expect(copy.config()).to.equal(config);
  });

  it("leaves a bundle that is whole, agrees with the ledger and can be replayed", async () => {
    const name = runs().at(-1) ?? "";
    const verified = await copy.lab("incident", "verify", `runs/${name}/${name}.tar.gz`);
    expect([verified.code, verified.stdout]).to.deep.equal([0, verified.stdout]);
    expect(verified.stdout).to.match(/^whole: \d+ files/);

    const failed = JSON.parse(
      readFileSync(inRun(name, "world", "failed-orders.json"), "utf8"),
    ) as FailedOrders;
    expect(failed.requests.length).to.be.greaterThan(0);
    expect(failed.check?.filter(({ agrees }) => !agrees)).to.deep.equal([]);

    expect(statSync(inRun(name, "report.html")).size).to.be.lessThan(300_000);
    expect(readFileSync(inRun(name, "responders.html"), "utf8")).not.to.contain("payment-down");

    const replayed = await copy.lab("replay", `runs/${name}`);
    expect(replayed.stdout, replayed.stderr).to.match(/26 monitors, 0 do something else\n$/);

    writeFileSync(inRun(name, "world", "events.json"), "[]\n");
    const altered = await copy.lab("incident", "verify", `runs/${name}`);
    expect([altered.code, altered.stdout]).to.deep.equal([
      1,
      "! world/events.json was changed\nthis bundle is not whole\n",
    ]);
  });

  it("that is killed while the fault is there is found, and left by incident leave", async () => {
    // the alerts of the run before would keep the next one from beginning
    await copy.lab("down");
    await copy.lab("up");
    const { child, end } = await startAndHold("--for", "5m", "--users", "2");

    child.kill("SIGKILL");
    await end;

    expect((await replicasOf(copy, "payment")).desired).to.equal(0);
    const status = await copy.lab("incident", "status");
    expect(status.stdout).to.contain("was cut off in hold: payment-down may still be on");
    const again = await copy.lab("incident", "run", "payment-down");
    expect([again.code, again.stderr.includes("first ./lab incident leave")]).to.deep.equal([
      1,
      true,
    ]);

    const left = await copy.lab("incident", "leave");

    expect(left.code, left.stderr).to.equal(0);
    expect(left.stdout).to.contain("is ended: it was cut off");
    expect(await replicasOf(copy, "payment")).to.deep.equal(healthy);
    expect(copy.config()).to.equal(config);
    expect((await copy.lab("incident", "status")).code).to.equal(0);
  });
});
