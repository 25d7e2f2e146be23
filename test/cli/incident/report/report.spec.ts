import { expect } from "chai";
import { compareRuns } from "../../../../cli/incident/report/compare-runs.ts";
import { reportFacts, reportFiles } from "../../../../cli/incident/report/report-files.ts";
import { headline } from "../../../../cli/incident/report/sections.ts";
import { exampleEntries, exampleResult } from "./example-run.ts";

const files = reportFiles(exampleResult, exampleEntries());
const text = (path: string) => files.get(path) ?? "";

describe("the report of a run", () => {
  it("answers on its first screen: valid, detected, restored by whom, orders and money", () => {
    expect(headline(exampleResult).map(([what, value]) => `${what} ${value}`)).to.deep.equal([
      "Valid? valid",
      `Detected after 15 s, by ${exampleResult.clocks.detected?.by ?? ""}`,
      "Restored after 300 s, by kubectl scale by kubectl at 03:09:40",
      "Orders again after 305 s, by an order of the run is placed",
      "Orders lost 59 of 61",
      "Money taken for nothing 2 orders, 0 taken twice",
    ]);
  });

  it("says why a run is not valid, and what was not measured", () => {
    const { orders: _orders, ...rest } = exampleResult;
    expect(_orders?.tried).to.equal(61);
    const outcomes = [{ phase: "witness", status: "unmet", problems: ["never landed"] }] as const;
    const answers = headline({ ...rest, verdict: "invalid", clocks: {}, outcomes });

    expect(answers.map(([, value]) => value)).to.deep.equal([
      "invalid: never landed",
      "not within the run",
      `not within the run (${exampleResult.restoredBy})`,
      "not within the run",
      "not measured",
      "not measured",
    ]);
  });

  it("is small, has no script, and asks nobody for anything", () => {
    for (const path of ["report.html", "responders.html"]) {
      expect(text(path).length, path).to.be.within(3_000, 300_000);
      expect(text(path), path).not.to.match(
        /<(?:script|img|link|iframe|object)\b|@import|url\((?!#)|https?:/,
      );
    }
  });

  it("shows text from outside as text", () => {
    expect(text("report.html")).to.contain("&lt;img src=x onerror=alert(1)&gt;");
    expect(text("report.md")).to.contain("onerror=alert(1)> \\| ");
  });

  it("leaves what was staged out for responders", () => {
    for (const path of ["responders.html", "responders.md"]) {
      expect(text(path), path).not.to.match(/payment-down|Proofs|kubectl scale|seed|truth/);
      expect(text(path), path).to.contain("Orders by outcome");
    }
  });

  it("fills the draft of the review in but for causes and actions", () => {
    expect(text("review.md")).to.contain("59 of 61 attempts to order failed");
    expect(text("review.md")).to.contain("| restored | 2030-01-02T03:09:40.000Z | 300 s |");
    expect(text("review.md")).to.contain("## Contributing causes\n\n_To be written._");
  });

  it("has an alert from its change to the look at which it is gone", () => {
    const { alerts, orders, phases, monitors } = reportFacts(exampleEntries());

    expect(alerts).to.have.length(30);
    expect(alerts[0]).to.include({
      since: "2030-01-02T03:04:50.000Z",
      until: "2030-01-02T03:57:20.000Z",
    });
    expect(orders[0]).to.deep.equal({ at: "2030-01-02T03:04:04.000Z", placed: 1, failed: 2 });
    expect(phases).to.have.length(9);
    expect(monitors).to.have.length(30);
    expect(monitors[0]?.parts).to.deep.equal([
      { state: "OK", from: "2030-01-02T03:04:00.000Z", to: "2030-01-02T03:05:24.000Z" },
      { state: "Alert", from: "2030-01-02T03:05:24.000Z", to: "2030-01-02T03:57:20.000Z" },
      { state: "OK", from: "2030-01-02T03:57:20.000Z", to: "2030-01-02T04:03:56.000Z" },
    ]);
  });
});

describe("several runs", () => {
  const run = (seconds: number, sequence = "same") => ({
    ...exampleResult,
    clocks: { detected: { at: "", seconds, by: "m" } },
    load: { seed: "42", customers: 3, sequence, kept: true },
  });

  it("are compared by median and range, of the valid ones alone", () => {
    const invalid = { ...run(999), verdict: "invalid" } as const;
    const rows = compareRuns([run(30), run(10), run(16), invalid]);

    expect(rows[1]).to.deep.equal(["detected after (s)", "3 of 4", "16", "10 to 30"]);
    expect(rows[2]).to.deep.equal(["restored after (s)", "0 of 4", "-", "-"]);
    expect(compareRuns([run(10), run(15)])[1]?.[2]).to.equal("12.5");
  });

  it("are the same exercise only where their customers ordered the same", () => {
    expect(compareRuns([run(1), run(2)]).at(-1)?.[2]).to.equal("yes");
    expect(compareRuns([run(1), run(2, "other")]).at(-1)?.[2]).to.equal("no");
  });
});
