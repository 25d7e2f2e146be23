import { expect } from "chai";
import { addUp, summaryLine } from "./test-counts.ts";

const counts = (passed: number, failed = 0, skipped = 0): string =>
  `${JSON.stringify({ passed, failed, skipped })}\n`;

describe("sum of all tests", () => {
  it("adds the runs of every step", () => {
    const steps = [
      { succeeded: true, counts: "" },
      { succeeded: true, counts: counts(10) + counts(2, 0, 1) },
      { succeeded: false, counts: counts(3, 2) },
    ];

    expect(addUp(steps)).to.deep.equal({ passed: 15, failed: 2, skipped: 1 });
  });

  it("counts a step that failed without a failed test as one failure", () => {
    const steps = [
      { succeeded: false, counts: "" },
      { succeeded: false, counts: counts(5) },
    ];

    expect(addUp(steps)).to.deep.equal({ passed: 5, failed: 2, skipped: 0 });
  });

  it("reads as one line, with skipped tests only when there are any", () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).to.equal("12 passed, 0 failed");
    expect(summaryLine({ passed: 12, failed: 1, skipped: 3 })).to.equal(
      "12 passed, 1 failed, 3 skipped",
    );
  });
});
