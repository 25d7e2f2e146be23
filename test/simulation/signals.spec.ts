import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { format } from "prettier";
import {
  type Simulator,
  createSimulator,
  syntheticsOf,
} from "../../simulation/replay/simulator.ts";
import { detectionPage, type Outcome } from "../../simulation/report/detection-table.ts";
import { huntMutants } from "../../simulation/mutants/mutant-hunt.ts";
import { allScenarios } from "../../simulation/timeline/scenario.ts";
import { compareExpected } from "../../simulation/report/compare-expected.ts";
import { pyvrl } from "../support/logs/pyvrl.ts";

// The monitors, log pipelines and log metrics of the program against lines that the shop's programs
// print. Proves what fires when, by the semantics that Datadog documents; not that Datadog itself
// takes the queries.

describe("the signals of", () => {
  const outcomes: Outcome[] = [];
  let simulator: Simulator | undefined;

  before(async function () {
    simulator = createSimulator(await pyvrl(this));
  });

  after(() => simulator?.close());

  it("every fault begins in a shop that has been used for as long as any monitor looks back", () => {
    const young = allScenarios()
      .filter(({ fault, history }) => fault !== undefined && history?.lasts !== 6 * 3_600_000)
      .map(({ name }) => name);

    // What was before the recorded run is not known.
    expect(young).to.deep.equal(["recorded-run"]);
  });

  for (const scenario of allScenarios()) {
    it(`${scenario.name}: ${scenario.title}`, async function () {
      this.timeout(120_000);
      if (simulator === undefined) return this.skip();
      const { monitors } = await simulator.declared(scenario.images, syntheticsOf(scenario));

      const replayed = await simulator.replayed(scenario);

      outcomes.push({ scenario, monitors, replayed });
      expect(compareExpected(scenario, monitors, replayed)).to.deep.equal([]);
    });
  }

  it("all of them notice each small change of a monitor, or there is a reason why not", async function () {
    this.timeout(600_000);
    if (simulator === undefined || outcomes.length < allScenarios().length) return this.skip();

    const { unexplained, stale, tried } = await huntMutants(simulator, allScenarios());

    expect(tried).to.be.greaterThan(100);
    expect({ unexplained, stale }).to.deep.equal({ unexplained: [], stale: [] });
  });

  it("all of them make docs/detection.md", async function () {
    if (outcomes.length < allScenarios().length) return this.skip();
    const path = new URL("../../docs/detection.md", import.meta.url);
    const page = await format(detectionPage(outcomes), { parser: "markdown", printWidth: 100 });

    if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(path, page);

    expect(readFileSync(path, "utf8")).to.equal(page, "run: npm run docs:update");
  });
});
