import { expect } from "chai";
import type { Recording } from "../../simulation/replay/recording.ts";
import { createSimulator, type Simulator } from "../../simulation/replay/simulator.ts";
import { compareExpected } from "../../simulation/report/compare-expected.ts";
import { allScenarios, type Scenario } from "../../simulation/timeline/scenario.ts";
import { startOf } from "../../simulation/timeline/timeline.ts";
import { pyvrl } from "../support/logs/pyvrl.ts";

// The bench with the stack's own index on: what a search of logs finds is indexed, what a metric counts
// need not be. Proves it by the documented meaning of filters; not that Datadog takes the queries.

const named = (name: string): Scenario => {
  const found = allScenarios().find((one) => one.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
};

/** How many logs a search finds in the whole scenario. */
async function found(recording: Recording, query: string): Promise<number> {
  const { scenario } = recording;
  const [from, to] = [startOf(scenario), startOf(scenario) + scenario.lasts];
  return (await recording.sourcesAt(to + 60_000).logs(query, { from, to })).length;
}

describe("the stack's own index of logs", () => {
  let own: Simulator;
  let account: Simulator;

  before(async function () {
    const python = await pyvrl(this);
    own = createSimulator(python, { "sock-shop:logIndex": '{"dailyLimit":1000}' });
    account = createSimulator(python);
  });

  after(async () => {
    await Promise.all([own, account].map((simulator) => simulator.close()));
  });

  for (const name of ["healthy-idle", "healthy-load", "payment-down", "payment-slow", "declines"]) {
    it(`changes nothing of what the monitors do in ${name}`, async function () {
      this.timeout(120_000);
      const scenario = named(name);
      const { monitors } = await own.declared(scenario.images);

      expect(compareExpected(scenario, monitors, await own.replayed(scenario))).to.deep.equal([]);
    });
  }

  for (const name of ["healthy-idle", "healthy-load"]) {
    it(`takes at most 5 % of the lines of ${name}`, async function () {
      this.timeout(120_000);
      const { counts } = await own.recording(named(name));

      expect(counts.lines).to.be.greaterThan(300);
      expect(counts.indexed / counts.lines, JSON.stringify(counts)).to.be.at.most(0.05);
    });
  }

  for (const name of ["healthy-load", "payment-down", "payment-errors-50", "shipping-slow"]) {
    it(`holds the end of each order of ${name}`, async function () {
      this.timeout(120_000);
      const [all, indexed] = await Promise.all(
        [account, own].map((one) => one.recording(named(name))),
      );
      if (all === undefined || indexed === undefined) throw new Error("there is no recording");
      const place = "kube_cluster_name:sock-shop-sandbox kube_namespace:sock-shop";
      for (const search of ["@order.outcome:*", "service:sock-shop-orders status:error"]) {
        const lines = await found(all, `${place} ${search}`);

        expect(await found(indexed, `${place} ${search}`), search).to.equal(lines);
      }
      expect(await found(all, `${place} @order.outcome:*`)).to.be.greaterThan(0);
    });
  }

  it("holds no heartbeat, so that a search for it would find payment dead", async function () {
    this.timeout(120_000);
    const heartbeat = "service:sock-shop-payment @method:Health";
    const scenario = named("healthy-idle");

    expect(await found(await account.recording(scenario), heartbeat)).to.be.greaterThan(100);
    expect(await found(await own.recording(scenario), heartbeat)).to.equal(0);
  });
});
