import { expect } from "chai";
import type { Status } from "../../../../../sandbox/datadog/evaluation/state/composite.ts";
import { statusOfValue } from "../../../../../sandbox/datadog/evaluation/state/threshold.ts";
import type { Comparator } from "../../../../../sandbox/datadog/validation/monitor-query.ts";

describe("the status of a value", () => {
  const boundaries: [Comparator, number, string][] = [
    ["<", 0.99, "Alert"],
    ["<", 1, "OK"],
    ["<=", 1, "Alert"],
    ["<=", 1.01, "OK"],
    [">", 1, "OK"],
    [">", 1.01, "Alert"],
    [">=", 1, "Alert"],
    [">=", 0.99, "OK"],
    ["==", 1, "Alert"],
    ["==", 2, "OK"],
    ["!=", 1, "OK"],
    ["!=", 2, "Alert"],
  ];
  for (const [comparator, value, status] of boundaries) {
    it(`is ${status} for ${value} ${comparator} 1`, () => {
      expect(statusOfValue({ comparator, critical: 1 }, value, undefined)).to.equal(status);
    });
  }

  it("is Warn between the warning and the critical threshold", () => {
    const thresholds = { comparator: ">", critical: 10, warning: 3 } as const;

    expect([3, 4, 10, 11].map((value) => statusOfValue(thresholds, value, "OK"))).to.deep.equal([
      "OK",
      "Warn",
      "Warn",
      "Alert",
    ]);
  });

  it("leaves Alert only past the recovery threshold, in the direction of each comparison", () => {
    const recover = (comparator: Comparator, criticalRecovery: number, value: number) =>
      statusOfValue({ comparator, critical: 10, criticalRecovery }, value, "Alert");

    expect(recover(">", 7, 8)).to.equal("Alert");
    expect(recover(">", 7, 7)).to.equal("OK");
    expect(recover(">=", 7, 7)).to.equal("Alert");
    expect(recover(">=", 7, 6)).to.equal("OK");
    expect(recover("<", 12, 11)).to.equal("Alert");
    expect(recover("<", 12, 12)).to.equal("OK");
    expect(recover("<=", 12, 12)).to.equal("Alert");
    expect(recover("<=", 12, 13)).to.equal("OK");
  });

  it("does not reach Alert by the recovery threshold", () => {
    const thresholds = { comparator: ">", critical: 10, criticalRecovery: 7 } as const;

    expect(statusOfValue(thresholds, 8, "OK")).to.equal("OK");
    expect(statusOfValue(thresholds, 8, "Warn")).to.equal("OK");
  });

  it("leaves Warn only past its own recovery threshold", () => {
    const thresholds = { comparator: ">", critical: 10, warning: 5, warningRecovery: 2 } as const;
    const after = (before: Status, value: number) => statusOfValue(thresholds, value, before);

    expect(after("Warn", 3)).to.equal("Warn");
    expect(after("Warn", 2)).to.equal("OK");
    expect(after("Alert", 3)).to.equal("Warn");
    expect(after("OK", 3)).to.equal("OK");
  });
});
