// Proves: the stand-in takes and refuses what Datadog took and refused, and answers with the same keys
// and values. The recordings are read where they lie; without them nothing is proven.
import { expect } from "chai";
import { standIn } from "../sandbox/datadog/stand-in.ts";
import { apiFigures, apiSentence } from "./api-figures.ts";
import { cassettes } from "./api-recordings.ts";
import { evidenceFolder, noEvidence } from "./evidence.ts";
import { statedSentence, stateSentence } from "./readme-section.ts";
import { type Exchange, replayCassette } from "./replay-api.ts";

const leastAgreement = 99;
const leastSame = 90;

describe("Datadog's recorded API exchanges", () => {
  it(`agree in ${leastAgreement} % or more, with ${leastSame} % of keys and values`, async function () {
    this.timeout(180_000);
    const folder = evidenceFolder("api");
    if (folder === undefined) {
      console.log(`      ${noEvidence}`);
      expect(statedSentence("api")).to.match(/^Of Datadog's recorded API exchanges/);
      return;
    }
    const on = standIn();
    const exchanges: Exchange[] = [];
    for (const one of cassettes(folder)) exchanges.push(...(await replayCassette(one, on)));
    const figures = apiFigures(exchanges);
    const unlike = exchanges.filter(({ verdict }) => verdict.startsWith("too "));
    const sentence = apiSentence(figures);
    if (process.env["UPDATE_DOCS"] !== undefined) await stateSentence("api", sentence);

    expect(figures.served).to.be.greaterThan(0);
    expect(
      (100 * figures.agreed) / figures.served,
      unlike.map((one) => `${one.verdict} ${one.request} ${one.answers ?? ""}`).join("\n"),
    ).to.be.at.least(leastAgreement);
    expect((100 * figures.same) / figures.compared).to.be.at.least(leastSame);
    expect(statedSentence("api"), "run: npm run docs:update").to.equal(sentence);
  });
});
