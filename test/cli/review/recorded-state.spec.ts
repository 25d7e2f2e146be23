import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Recorded } from "../../../cli/review/declared-changes.ts";
import { type RecordedState, wholeState } from "../../../cli/review/recorded-state.ts";
import { differenceOf } from "../../support/golden/difference.ts";

const golden = (state: string): RecordedState =>
  JSON.parse(
    readFileSync(new URL(`../../golden/${state}.json`, import.meta.url), "utf8"),
  ) as RecordedState;
const none = golden("none") as readonly Recorded[];
const resource = (name: string, inputs: unknown): Recorded => ({ type: "t", name, inputs });

describe("a recorded state", () => {
  for (const state of ["payment-down", "payment-slow", "payment-errors", "shipping-slow"]) {
    it(`${state} is the state whose difference from none is recorded`, () => {
      const recorded = golden(state);

      expect(differenceOf(none, wholeState(none, recorded))).to.deep.equal(recorded);
      expect(wholeState(none, recorded)).to.not.deep.equal(none);
    });
  }

  it("that is recorded whole is taken as it is", () => {
    expect(wholeState([], none)).to.equal(none);
  });

  it("has names with dots, properties that are new, and properties that are gone", () => {
    const before = [resource("a", { notes: { "pulumi.com/x": "1", old: true }, list: [1, 2] })];
    const after = [
      resource("a", { notes: { "pulumi.com/x": "2", "pulumi.com/y": "3" }, list: [1, 3] }),
      resource("b", {}),
    ];

    expect(wholeState(before, differenceOf(before, after))).to.deep.equal(after);
    expect(before[0]?.inputs).to.deep.equal({
      notes: { "pulumi.com/x": "1", old: true },
      list: [1, 2],
    });
  });

  it("lacks what was removed", () => {
    const before = [resource("a", {}), resource("b", {})];

    expect(wholeState(before, differenceOf(before, [resource("a", {})]))).to.deep.equal([
      resource("a", {}),
    ]);
  });
});
