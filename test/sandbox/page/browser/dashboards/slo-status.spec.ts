import { expect } from "chai";
import { sloStatus } from "../../../../../sandbox/page/browser/dashboards/slo-status.ts";

const target = { timeframe: "7d", target: 99, warning: 99.5 };

function history(value: number, left?: number) {
  return { overall: { sli_value: value, error_budget_remaining: { custom: left ?? null } } };
}

describe("the status of an SLO", () => {
  it("is judged on both sides of target and warning", () => {
    const values = [98.999, 99, 99.499, 99.5];
    expect(values.map((value) => sloStatus(history(value), target).status)).to.deep.equal([
      "Alert",
      "Warn",
      "Warn",
      "OK",
    ]);
  });

  it("cuts digits instead of rounding them up to a promise", () => {
    expect(sloStatus(history(99.99996, 12.34567), target)).to.deep.equal({
      status: "OK",
      value: "99.999 %",
      budget: "12.345 %",
    });
  });

  it("says why there is none", () => {
    const none = { status: "No Data", value: "No data", budget: "" };
    expect(sloStatus({}, target)).to.deep.equal(none);
    const errors = [{ error_message: "no monitor has data" }];
    const { value } = sloStatus({ overall: { sli_value: null, errors } }, target);
    expect(value).to.equal("no monitor has data");
  });
});
