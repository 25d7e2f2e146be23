/**
 * Three teams on one cluster and one account, prepared by the workshop's script, in the sandbox.
 *
 * Proves that a second stack with log metrics of its own creates nothing and says which key to set,
 * that the teams' shops, logs and monitors are told apart, and that one team's incident is no other
 * team's. Does not prove that ten shops fit on a real cluster's nodes, or Datadog's limits of requests.
 */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { freePort } from "../../sandbox/host/ports.ts";
import { shopClient } from "../../sandbox/shop/client.ts";
import type { ShopReport } from "../../sandbox/shop/control-app.ts";
import { copyCheckout } from "../support/sandbox/sandbox-copy.ts";
import type { SandboxCopy } from "../support/sandbox/sandbox-copy.ts";

/** A monitor as the API lists it. */
interface Listed {
  readonly name: string;
  readonly overall_state: string;
}

const teams = ["01", "02", "03"] as const;

describe("a workshop of three teams", () => {
  let copy: SandboxCopy;

  async function lab(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.lab(...args);
    expect(code, `lab ${args.join(" ")}\n${stdout}\n${stderr}`).to.equal(0);
    return stdout;
  }
  const workshop = (...args: string[]) =>
    lab("shell", "--", "node", "workshop/main.ts", ...args, "--base", "sandbox", "--teams", "3");
  const shops = (): Promise<readonly ShopReport[]> => shopClient(copy.frontEndPort + 2).shops();
  const monitors = async (): Promise<readonly Listed[]> => {
    const url = `http://127.0.0.1:${copy.port}/api/v1/monitor?page_size=1000`;
    const keys = { "dd-api-key": "k", "dd-application-key": "k" };
    return (await (await fetch(url, { headers: keys })).json()) as readonly Listed[];
  };

  /** Waits for what the cluster and the shop's programs come to, whatever is first. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`still not so: ${JSON.stringify(await shops())}`);
      await sleep(500);
    }
  }

  before(async () => {
    copy = await copyCheckout();
    appendFileSync(
      join(copy.root, "Pulumi.sandbox.yaml"),
      "  sock-shop:logNamespaces: sock-shop*\n",
    );
    await lab("up");
  });

  after(async () => {
    await copy.lab("down");
    copy.remove();
  });

  it("stops a stack with log metrics of its own before its first resource, and names the key", async () => {
    const { stack } = await own("second", "30");
    const before = (await monitors()).length;

    const { code, stdout, stderr } = await copy.lab("shell", "--", ...up(stack));

    expect(code).not.to.equal(0);
    const said = (stdout + stderr).split("\n").filter((line) => line.includes("logPipeline"));
    expect(said[0]).to.contain("set it with: pulumi config set logPipeline shared");
    const state = JSON.parse(await copy.sh("pulumi", "stack", "export", "--stack", stack)) as {
      deployment: { resources?: { type: string; custom?: boolean }[] };
    };
    const created = (state.deployment.resources ?? []).filter(({ custom, type }) => {
      return custom === true && /^(kubernetes|datadog):/.test(type);
    });
    expect(created).to.deep.equal([]);
    expect((await monitors()).length).to.equal(before);
    await copy.sh("pulumi", "destroy", "--stack", stack, "--yes", "--skip-preview");
  });

  it("prepares a stack for each team, and takes them up side by side", async () => {
    const port = String(30_000 + ((await freePort()) % 2_000));
    expect(await workshop("prepare", "--first-node-port", port)).to.contain(
      "3 of 3 teams: prepare",
    );

    const stdout = await workshop("up", "--first-node-port", port, "--jobs", "2");

    for (const team of teams) expect(stdout).to.match(new RegExp(`^team-${team}: .*create`, "m"));
    expect(stdout).to.contain("3 of 3 teams: up");
    await until(async () => (await shops()).every(({ pods, settled }) => pods === settled));
    const [first, ...others] = (await shops()).map(
      ({ namespace, pods }) => `${namespace}: ${pods}`,
    );
    expect(first).to.equal("sock-shop: 14");
    // two at a time, and either may be the first to be there
    expect(others.sort()).to.deep.equal(teams.map((team) => `sock-shop-${team}: 14`));
  });

  it("leaves the sandbox's own stack as it was", async () => {
    expect(await lab("up")).to.contain("no changes");
  });

  it("gives each team an address of its own", async () => {
    const addresses = (await shops()).map(({ frontEnd }) => frontEnd ?? "");

    expect(new Set(addresses)).to.have.property("size", 4);
    for (const address of addresses) expect((await fetch(address)).status).to.equal(200);
  });

  it("tells the teams' monitors apart by name and by tag", async () => {
    const names = (await monitors()).map(({ name }) => name);

    for (const team of teams) {
      const own = names.filter((name) => name.startsWith(`[sock-shop-${team}] `));
      expect(own.length).to.equal(names.filter((name) => name.startsWith("[sock-shop] ")).length);
    }
    expect(new Set(names)).to.have.property("size", names.length);
  });

  it("stages one team's incident for this team alone, and its load and monitors see it", async () => {
    await copy.sh("pulumi", "config", "set", "incident", "payment-down", "--stack", "team-02");
    await copy.sh(...up("team-02"));

    await until(async () => (await failing()).length > 0);
    const tried = (await shops()).map(({ namespace, ledger }) => [namespace, ledger.tried > 0]);
    expect(Object.fromEntries(tried)).to.deep.equal({
      "sock-shop": false,
      "sock-shop-01": false,
      "sock-shop-02": true,
      "sock-shop-03": false,
    });
    expect(await failing()).to.deep.equal(["[sock-shop-02] orders fail"]);
  });

  it("destroys what it prepared", async () => {
    expect(await workshop("destroy")).to.contain("3 of 3 teams: destroy");

    await until(async () => (await shops()).length === 1);
    expect((await monitors()).filter(({ name }) => name.startsWith("[sock-shop-"))).to.deep.equal(
      [],
    );
  });

  /** Monitors of failed orders that alert. */
  async function failing(): Promise<string[]> {
    const alarms = (await monitors()).filter(
      ({ name, overall_state: state }) => name.endsWith("] orders fail") && state === "Alert",
    );
    return alarms.map(({ name }) => name);
  }

  const up = (stack: string) =>
    ["pulumi", "up", "--stack", stack, "--yes", "--skip-preview", "--suppress-outputs"] as const;

  /** A stack of the sandbox's cluster and account as somebody writes it who does not know better. */
  async function own(stack: string, namespace: string) {
    const text = readFileSync(join(copy.root, "Pulumi.sandbox.yaml"), "utf8");
    const file = text.replace(/^ {2}sock-shop:logNamespaces: .*\n/m, "");
    const place = [
      `sock-shop:namespace: shop-${namespace}`,
      "sock-shop:kubeContext: kwok-sock-shop",
      "sock-shop:kubeconfig: .sandbox/kubeconfig",
    ];
    await copy.sh("pulumi", "stack", "init", stack);
    const lines = place.map((line) => `  ${line}\n`).join("");
    writeFileSync(join(copy.root, `Pulumi.${stack}.yaml`), file + lines);
    return { stack };
  }
});
