import { expect } from "chai";
import { type Simulator, createSimulator } from "../../../simulation/replay/simulator.ts";
import type { ThresholdCase, Story } from "../../../simulation/thresholds/threshold-case.ts";
import { caseNames } from "../../../simulation/thresholds/threshold-names.ts";
import { thresholdCases, turnsIn } from "../../../simulation/thresholds/threshold-cases.ts";
import { pyvrl } from "../../support/logs/pyvrl.ts";

// Every threshold, window and silence of every monitor that the program declares, one step before
// and beyond: one line, one pod, one order, one report, one minute. Orders go as lines through rules,
// pipelines and log metrics; what runs in the cluster, and what agents say of themselves, comes as it is.

describe("the thresholds of", () => {
  let simulator: Simulator | undefined;

  before(async function () {
    simulator = createSimulator(await pyvrl(this));
  });

  after(() => simulator?.close());

  async function turnsOf(key: string, name: string, story: Story) {
    if (simulator === undefined) throw new Error("the simulator is not there");
    return turnsIn(simulator, key, name, story);
  }

  it("all monitors of the program are in the table, and no others", async function () {
    if (simulator === undefined) return this.skip();
    const { monitors } = await simulator.declared("status-fix");
    const declared = monitors.map((one) => [one.key, [...caseNames(one, monitors)].sort()]);
    const listed = Object.entries(thresholdCases).map(([key, cases]) => [
      key,
      Object.keys(cases).sort(),
    ]);

    expect(Object.fromEntries(listed)).to.deep.equal(Object.fromEntries(declared));
  });

  for (const [key, cases] of Object.entries(thresholdCases)) {
    for (const [name, { before, beyond, unreachable }] of Object.entries<ThresholdCase>(cases)) {
      it(`${key}: ${name}${unreachable === undefined ? "" : `, out of reach: ${unreachable}`}`, async function () {
        this.timeout(60_000);
        if (simulator === undefined) return this.skip();

        const [near, far] = [
          await turnsOf(key, `${key} ${name} before`, before.story),
          await turnsOf(key, `${key} ${name} beyond`, beyond.story),
        ];

        expect({ before: near.goes, beyond: far.goes }).to.deep.equal({
          before: before.goes,
          beyond: beyond.goes,
        });
        if (unreachable === undefined) {
          expect(far.goes).to.not.deep.equal(near.goes);
          return;
        }
        // As far as signals go is the threshold itself.
        expect(far.turns.some(({ value }) => name.endsWith(` ${value ?? ""}`))).to.equal(true);
      });
    }
  }

  it("lost-money: one lost order is enough in each build, by a slow shipping or a slow payment", async function () {
    this.timeout(60_000);
    if (simulator === undefined) return this.skip();
    for (const images of ["weave", "status-fix"] as const) {
      // Payment authorises at 10:05, or five seconds later, which is another step of the metric.
      for (const [ends, minute] of [
        ["shipping-timeout", 12],
        ["payment-timeout", 13],
      ] as const) {
        const story: Story = { orders: `9:05 9 placed, 10:05 1 ${ends}`, images };

        const { goes } = await turnsOf("lost-money", `${images} ${ends}`, story);

        expect(goes, `${images} ${ends}`).to.deep.equal([`${minute} Alert`, "26 OK"]);
      }
    }
  });

  it("lost-money: an order on its way at any second of the window's ends is no loss", async function () {
    this.timeout(60_000);
    if (simulator === undefined) return this.skip();
    const times = Array.from({ length: 60 }, (_, second) => `${10 + 4 * second}:${second}`);
    const failing = times.map((time) => time.replace(/:.*/, ":30 1 payment-refused"));
    const story: Story = {
      orders: [...failing, ...times.map((time) => `${time} 1 placed`)].join(", "),
      answered: times.map((time) => `${time} 10s`).join(", "),
      minutes: 270,
    };

    const whole = await turnsOf("lost-money", "orders on their way", story);
    const half = await turnsOf("payments-unplaced", "orders on their way", story);

    expect(whole.goes).to.deep.equal([]);
    expect(half.goes.length, "orders that look lost to one half").to.equal(20);
  });

  it("lost-money: slow orders, one after the other, are no loss as long as none fails", async function () {
    this.timeout(60_000);
    if (simulator === undefined) return this.skip();
    const times = Array.from({ length: 300 }, (_, index) => {
      return `${5 + Math.floor(index / 15)}:${(index % 15) * 4}`;
    });
    const story: Story = {
      orders: times.map((time) => `${time} 1 placed`).join(", "),
      answered: times.map((time) => `${time} 9s`).join(", "),
    };

    const whole = await turnsOf("lost-money", "slow orders", story);
    const half = await turnsOf("payments-unplaced", "slow orders", story);

    expect(whole.goes).to.deep.equal([]);
    expect(half.goes).to.not.deep.equal([]);
  });
});
