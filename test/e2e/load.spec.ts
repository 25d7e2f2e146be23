/**
 * The load Job of each state, run as real locust against the shop of the sandbox, behind real Envoy
 * where the state has a proxy.
 *
 * Proves that locust's own tally equals what the shop's ledger says, that the Job ends as its process
 * does and the process with the Job, and that each state does to orders and money what it is for.
 * Does not prove anything about the real images' speed.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { expect } from "chai";
import { sandboxPaths } from "../../sandbox/host/paths.ts";
import type { Ledger } from "../../sandbox/shop/ledger.ts";
import { shopClient } from "../../sandbox/shop/client.ts";
import { pythonFolder } from "../../sandbox/toolchain/python/python-folder.ts";
import { copyCheckout } from "../support/sandbox/sandbox-copy.ts";
import type { SandboxCopy } from "../support/sandbox/sandbox-copy.ts";
import { jobState, processesOf } from "../support/sandbox/sandbox-facts.ts";

const execute = promisify(execFile);

/** What locust prints at its end. */
interface Tally {
  readonly verdict: string;
  readonly orders: Readonly<Record<string, number>>;
}

/** What a load did: the figures of the ledger are of this load alone. */
interface Load {
  readonly tally: Tally;
  readonly ended: string;
  readonly ledger: Readonly<Record<"tried" | "placed" | "authorised" | "shipped" | "lost", number>>;
}

describe("the load on the shop", () => {
  let copy: SandboxCopy;

  async function lab(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.lab(...args);
    expect(code, `lab ${args.join(" ")}\n${stdout}\n${stderr}`).to.equal(0);
    return stdout;
  }
  const ledger = (): Promise<Ledger> => shopClient(copy.frontEndPort + 2).ledger();
  const locusts = () =>
    processesOf(copy.root).filter((line) => /(locustfile|distributed)\.py/.test(line));

  /** Runs the load that a command starts to its end. */
  const loadOf = (...command: string[]): Promise<Load> => loadIn(1, ...command);

  async function loadIn(processes: number, ...command: string[]): Promise<Load> {
    const before = await ledger();
    await lab(...command);
    for (let waits = 0; locusts().length < processes && waits < 40; waits += 1) await sleep(250);
    expect(locusts()).to.have.length(processes);
    while ((await jobState(copy)) === "running") await sleep(500);
    const log = await copy.sh("kubectl", "logs", "-n", "sock-shop", "job/locust-payment-failure");
    const tally = log.split("\n").findLast((line) => line.startsWith('{"verdict"')) ?? "{}";
    const after = await ledger();
    const names = ["tried", "placed", "authorised", "shipped", "lost"] as const;
    const growth = names.map((name) => [name, after[name] - before[name]] as const);
    return {
      tally: JSON.parse(tally) as Tally,
      ended: await jobState(copy),
      ledger: Object.fromEntries(growth) as Load["ledger"],
    };
  }

  /** Asserts what holds in every state: nobody counts differently. */
  function expectAgreement({ tally, ended, ledger: truth }: Load, placed: number): void {
    const told = Object.values(tally.orders).reduce((sum, count) => sum + count, 0);
    expect(tally.verdict).to.equal("expected");
    expect(ended).to.equal("Complete");
    expect(told).to.be.greaterThan(3).and.to.equal(truth.tried);
    expect(placed).to.equal(truth.placed);
  }

  before(async () => {
    copy = await copyCheckout();
    await lab("up");
  });

  after(async () => {
    await copy.end();
  });

  it("is all placed and shipped without an incident", async () => {
    await copy.sh("pulumi", "config", "set", "--path", "sock-shop:load.withoutIncident", "orders");
    const load = await loadOf("up");

    expectAgreement(load, load.tally.orders["placed"] ?? 0);
    const { tried } = load.ledger;
    expect(load.ledger).to.deep.equal({
      ...{ tried, placed: tried, authorised: tried, shipped: tried, lost: 0 },
    });
    await copy.sh("pulumi", "config", "set", "--path", "sock-shop:load.withoutIncident", "nothing");
    await lab("up");
  });

  it("sees the outage and nobody pays in payment-down", async () => {
    const load = await loadOf("incident", "enter", "payment-down");

    expectAgreement(load, 0);
    expect(load.tally.orders).to.deep.equal({ outage: load.ledger.tried });
    expect(load.ledger).to.include({ authorised: 0, shipped: 0, lost: 0 });
    await lab("incident", "leave");
  });

  it("sees timeouts in payment-slow", async () => {
    const load = await loadOf("incident", "enter", "payment-slow");

    expectAgreement(load, 0);
    expect(load.tally.orders).to.have.all.keys("slow", "warm-up");
    expect(load.ledger.shipped).to.equal(0);
    await lab("incident", "leave");
  });

  it("sees the same outage in payment-errors, behind a payment that is well", async () => {
    const load = await loadOf("incident", "enter", "payment-errors");

    expectAgreement(load, 0);
    expect(load.tally.orders).to.deep.equal({ outage: load.ledger.tried });
    expect(load.ledger).to.include({ authorised: 0, lost: 0 });
    await lab("incident", "leave");
  });

  it("costs money without an order in shipping-slow", async () => {
    const load = await loadOf("incident", "enter", "shipping-slow");

    expectAgreement(load, 0);
    const { authorised, tried } = load.ledger;
    expect(authorised).to.equal(tried);
    await lab("incident", "leave");
  });

  it("is the sum of what its workers did, and they go with the incident", async () => {
    await copy.sh("pulumi", "config", "set", "--path", "sock-shop:load.workers", "2");
    await copy.sh("pulumi", "config", "set", "--path", "sock-shop:load.seed", "42");
    const load = await loadIn(3, "incident", "enter", "payment-down");

    expectAgreement(load, 0);
    expect(load.tally).to.include({ seed: "42", kept: true });
    const jobs = await copy.sh("kubectl", "get", "jobs", "-n", "sock-shop", "-o", "name");
    expect(jobs.trim().split("\n")).to.deep.equal([
      "job.batch/locust-payment-failure",
      "job.batch/locust-payment-failure-workers",
    ]);
    await lab("incident", "leave");

    expect(await jobState(copy)).to.equal("absent");
    expect(locusts()).to.deep.equal([]);
    await copy.sh("pulumi", "config", "rm", "--path", "sock-shop:load.workers");
    await copy.sh("pulumi", "config", "rm", "--path", "sock-shop:load.seed");
  });

  it("ends with its Job", async () => {
    await lab("incident", "enter", "payment-down");
    expect(locusts()).to.have.length(1);

    await lab("incident", "leave");

    const deadline = Date.now() + 20_000;
    while (locusts().length > 0 && Date.now() < deadline) await sleep(50);
    expect(locusts()).to.deep.equal([]);
  });

  // the last one: its unknown socks open the catalogue's circuit breaker for half a minute
  it("of the runbook's own file passes although payment is up, and places no order", async () => {
    const before = await ledger();
    const bin = join(await pythonFolder("load", sandboxPaths(copy.root, process.env)), "bin");
    const file = join(import.meta.dirname, "..", "support", "sandbox", "runbook-locustfile.py");
    const host = `--host=http://127.0.0.1:${copy.frontEndPort}`;
    const csv = join(copy.root, "runbook");
    const args = ["--headless", "-f", file, host, "-u", "2", "-r", "2", "-t", "3s", "--csv", csv];
    await execute(join(bin, "locust"), args).catch(() => undefined);

    const { stdout } = await execute("grep", ["Place Order", `${csv}_stats.csv`]);
    const [, , requests, failures] = stdout.split(",");
    expect(Number(requests)).to.be.greaterThan(3);
    expect(Number(failures)).to.equal(0);
    expect(await ledger()).to.include({ tried: before.tried, placed: before.placed });
  });
});
