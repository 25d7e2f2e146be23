/**
 * An engine that is killed right after Datadog took an object, and before it heard so: for log
 * metrics, the pipeline, SLOs, dashboards and a drill's downtime. The next update takes each over.
 *
 * Proves it with the real engine on the sandbox's cluster and Datadog stand-in, which holds the answers
 * back. Does not prove that Datadog's real lists show an object as soon as it is made.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { ShownState } from "../../sandbox/datadog/control-api.ts";
import { standInClient } from "../../sandbox/datadog/client.ts";
import { copyCheckout } from "../support/sandbox/sandbox-copy.ts";
import type { SandboxCopy } from "../support/sandbox/sandbox-copy.ts";

/** How many objects of each kind there are. */
const objects = {
  metrics: ({ metrics }: ShownState) => metrics.length,
  pipelines: ({ pipelines }: ShownState) => pipelines.length,
  slos: ({ slos }: ShownState) => slos.length,
  dashboards: ({ dashboards }: ShownState) => dashboards.length,
  downtimes: ({ downtimes }: ShownState) =>
    downtimes.filter(({ canceled }) => canceled === null).length,
} as const;
type Kind = keyof typeof objects;

const creation: Readonly<Record<Kind, string>> = {
  metrics: "POST /api/v2/logs/config/metrics",
  pipelines: "POST /api/v1/logs/config/pipelines",
  slos: "POST /api/v1/slo",
  dashboards: "POST /api/v1/dashboard",
  downtimes: "POST /api/v2/downtime",
};

describe("an update that is killed while Datadog creates an object", () => {
  let copy: SandboxCopy;
  const standIn = () => standInClient(`http://127.0.0.1:${copy.port}/`);

  before(async () => {
    copy = await copyCheckout();
  });

  after(async () => {
    await copy.lab("down");
    copy.remove();
  });

  async function lab(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.lab(...args);
    expect(code, `lab ${args.join(" ")}\n${stdout}\n${stderr}`).to.equal(0);
    return stdout;
  }

  async function hold(kinds: readonly Kind[]): Promise<void> {
    const reply = await fetch(`http://127.0.0.1:${copy.port}/sandbox/hold`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ routes: kinds.map((kind) => creation[kind]) }),
    });
    expect(reply.status, await reply.text()).to.equal(200);
  }

  /**
   * Runs `lab` until Datadog has an object of one of the kinds, none of which it had before, and kills
   * the engine.
   *
   * @returns the kinds that were cut off
   */
  async function kill(kinds: readonly Kind[], ...args: readonly string[]): Promise<Kind[]> {
    const { end } = copy.start(...args);
    const run = { isOver: false };
    const over = end.finally(() => (run.isOver = true));
    while (!run.isOver && !(await standIn().isReady())) await sleep(50);
    await hold(kinds);
    const made = async () => {
      const state = await standIn().state();
      return kinds.filter((kind) => objects[kind](state) > 0);
    };
    while ((await made()).length === 0) {
      if (run.isOver) throw new Error(`it ended before: ${JSON.stringify(await end)}`);
      await sleep(50);
    }
    process.kill(enginePid(copy.root), "SIGKILL");
    expect((await over).code).to.equal(1);
    await hold([]);
    return await made();
  }

  /** Names that two objects of a kind have. */
  async function twins(): Promise<string[]> {
    const { metrics, pipelines, slos, dashboards } = await standIn().state();
    const names = [
      ...metrics.map(({ id }) => id),
      ...[...pipelines, ...slos].map(({ name }) => name),
      ...dashboards.map(({ title }) => title),
    ];
    return names.filter((name, index) => names.indexOf(name) !== index);
  }

  it("leaves pipeline, log metric, SLO and dashboard, which the next one takes over", async () => {
    let left: readonly Kind[] = ["pipelines", "metrics", "slos", "dashboards"];
    while (left.length > 0) {
      // Each update takes over what the one before left, and is cut off in turn.
      const cut = await kill(left, "up");
      left = left.filter((kind) => !cut.includes(kind));
    }
    const recovered = await lab("up");

    expect(recovered).to.match(/that update left \d+ operations? open; reading back what it did/);
    expect(await twins()).to.deep.equal([]);
    expect(await lab("up")).to.contain("no changes");
  });

  it("leaves a downtime, which the next update takes over", async () => {
    await copy.sh("pulumi", "config", "set", "notifyDrills", "false");
    await kill(["downtimes"], "incident", "enter", "payment-down");

    await lab("up");

    expect(objects.downtimes(await standIn().state())).to.equal(1);
    expect(await twins()).to.deep.equal([]);
    await lab("incident", "leave");
    expect(objects.downtimes(await standIn().state())).to.equal(0);
    expect(await lab("drift")).to.contain("no drift");
  });
});

/** The pid of the engine that holds the stack's lock. */
function enginePid(root: string): number {
  const locks = join(root, ".sandbox/backend/.pulumi/locks/organization/sock-shop/sandbox");
  const [lock = ""] = readdirSync(locks);
  return (JSON.parse(readFileSync(join(locks, lock), "utf8")) as { pid: number }).pid;
}
