// Proves: the stand-in's pipelines make of Datadog's own log samples what Datadog's tests say. The
// samples are read where they lie; without them the stated figures are read, and nothing is proven.
import { expect } from "chai";
import { vrlEngine } from "../support/logs/vrl-engine.ts";
import { evidenceFolder, noEvidence } from "./evidence.ts";
import { logFigures, logSentence, sampleLines } from "./log-figures.ts";
import { sampledPipelines } from "./log-samples.ts";
import { statedSentence, stateSentence } from "./readme-section.ts";
import { runLogSamples } from "./run-log-samples.ts";

const leastPercent = 95;

describe("Datadog's own log samples", () => {
  const engine = vrlEngine();

  it(`come out as Datadog's tests say: ${leastPercent} % or more of those in reach`, async function () {
    this.timeout(120_000);
    const folder = evidenceFolder("logs");
    if (folder === undefined) {
      console.log(`      ${noEvidence}`);
      expect(statedSentence("logs")).to.match(/^Of Datadog's published log samples, \d+ of \d+/);
      return;
    }
    const outcomes = await runLogSamples(sampledPipelines(folder), engine());
    const figures = logFigures(outcomes);
    const failed = outcomes.filter((one) => one.inReach && one.differences.length > 0);
    const sentence = logSentence(figures);
    if (process.env["UPDATE_DOCS"] !== undefined) await stateSentence("logs", sentence);

    expect(figures.samples).to.be.greaterThan(0);
    expect(
      (100 * figures.passedInReach) / figures.samplesInReach,
      failed.flatMap(sampleLines).join("\n"),
    ).to.be.at.least(leastPercent);
    expect(statedSentence("logs"), "run: npm run docs:update").to.equal(sentence);
  });
});
