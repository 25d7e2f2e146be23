import { expect } from "chai";
import { boardPicture } from "../../../simulation/drawing/board-picture.ts";
import { unexplained } from "../../../simulation/drawing/empty-widgets.ts";
import { scenarioStandIn } from "../../../simulation/drawing/scenario-stand-in.ts";
import { createSimulator, type Simulator } from "../../../simulation/replay/simulator.ts";
import { allScenarios } from "../../../simulation/timeline/scenario.ts";
import { pyvrl } from "../../support/logs/pyvrl.ts";

// What each declared board shows at the end of a payment outage. Proves that the queries of the widgets
// find what the log pipelines and metrics of the stack make; not that Datadog draws the same.

describe("the declared boards over a payment outage", () => {
  let simulator: Simulator | undefined;

  before(async function () {
    simulator = createSimulator(await pyvrl(this));
  });

  after(() => simulator?.close());

  it("show data in every widget that must have some", async function () {
    this.timeout(120_000);
    if (simulator === undefined) return this.skip();
    const scenario = allScenarios().find(({ name }) => name === "payment-down");
    if (scenario === undefined) throw new Error("there is no scenario payment-down");
    const recording = await simulator.recording(scenario);
    const standIn = await scenarioStandIn(await simulator.declared(scenario.images), recording);

    const pictures = await Promise.all(standIn.boards.map((id) => boardPicture(id, standIn)));
    await standIn.close();

    expect(pictures.map(({ slug }) => slug).toSorted()).to.deep.equal([
      "sock-shop-incident-timeline",
      "sock-shop-order-reconciliation",
    ]);
    expect(pictures.flatMap(({ empty }) => unexplained(empty))).to.deep.equal([]);
    expect(pictures.map(({ svg }) => svg).join("")).to.not.match(/NaN|undefined/);
  });
});
