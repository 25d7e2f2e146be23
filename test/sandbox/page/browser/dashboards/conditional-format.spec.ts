import { expect } from "chai";
import {
  formatsIn,
  paintOf,
} from "../../../../../sandbox/page/browser/dashboards/conditional-format.ts";

describe("conditional formats", () => {
  const bad = { comparator: ">", value: 0, palette: "white_on_red" };
  const good = { comparator: "<=", value: 0, palette: "white_on_green" };

  it("paint by the first that holds, on both sides of its value", () => {
    const red = { className: "palette-white-on-red", word: "red" };
    expect(paintOf(0.001, [bad, good])).to.deep.equal(red);
    expect(paintOf(0, [bad, good])?.word).to.equal("green");
    expect(paintOf(5, [{ ...bad, comparator: "<", value: 5 }, good])).to.equal(undefined);
    for (const comparator of ["<=", ">=", "="]) {
      expect(paintOf(5, [{ ...bad, comparator, value: 5 }])?.word, comparator).to.equal("red");
    }
  });

  it("paint nothing without a value, and nothing that they cannot", () => {
    expect(paintOf(null, [bad])).to.equal(undefined);
    expect(paintOf(undefined, [bad])).to.equal(undefined);
    expect(paintOf(1, [{ ...bad, comparator: "~" }])).to.equal(undefined);
    expect(paintOf(1, [{ ...bad, palette: "custom_bg" }])).to.equal(undefined);
  });

  it("are those of the right form among whatever a widget holds", () => {
    expect(formatsIn([bad, null, { comparator: ">" }, "x"])).to.deep.equal([bad]);
    expect(formatsIn(undefined)).to.deep.equal([]);
  });
});
