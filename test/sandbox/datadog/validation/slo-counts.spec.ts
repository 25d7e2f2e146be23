import { expect } from "chai";
import {
  completedSpecification,
  countQuery,
} from "../../../../sandbox/datadog/validation/slo-counts.ts";

describe("the query of an SLO's specification", () => {
  it("needs events, a formula of the good ones and one more", () => {
    const queries = [{ name: "a", query: "sum:a{*}" }];

    for (const specification of [
      undefined,
      { time_slice: {} },
      { count: { queries, good_events_formula: { formula: "a" } } },
      { count: { queries, total_events_formula: { formula: "a" } } },
    ]) {
      expect(countQuery(specification)).to.equal(undefined);
    }
  });

  it("keeps words that name no query", () => {
    const queries = [{ name: "a", query: "sum:a{*}" }];
    const count = {
      queries,
      good_events_formula: { formula: "abs(a) + 2" },
      total_events_formula: { formula: "a" },
    };

    expect(countQuery({ count })?.numerator).to.equal("abs(sum:a{*}) + 2");
  });

  it("looks at slices of five minutes unless others are named", () => {
    expect(completedSpecification({ time_slice: { threshold: 5 } })).to.deep.equal({
      time_slice: { threshold: 5, query_interval_seconds: 300 },
    });
    const named = { time_slice: { query_interval_seconds: 60 } };
    expect(completedSpecification(named)).to.deep.equal(named);
    expect(completedSpecification({ count: {} })).to.deep.equal({ count: {} });
  });
});
