import { expect } from "chai";
import { heightsOf, yRange } from "../../../../../sandbox/page/browser/charts/stack.ts";

const curve = (display: string, values: (number | null)[]) => {
  return { label: display, display, unit: undefined, values };
};

describe("the heights of curves", () => {
  it("stand bars on each other and leave lines where they are", () => {
    const curves = [curve("bars", [1, 2]), curve("line", [9, 9]), curve("bars", [3, 4])];
    expect(heightsOf(curves)).to.deep.equal([
      [1, 2],
      [9, 9],
      [4, 6],
    ]);
  });

  it("keep gaps, and stand on what is below them", () => {
    expect(heightsOf([curve("bars", [null, 2]), curve("bars", [3, null])])).to.deep.equal([
      [null, 2],
      [3, null],
    ]);
  });

  it("fill the axis from zero, with levels in it, and never an empty one", () => {
    expect(yRange([[1, 10]], [])).to.deep.equal([0, 10.6]);
    expect(yRange([[1, 10]], [20])).to.deep.equal([0, 21.2]);
    expect(yRange([[-5, null]], [])).to.deep.equal([-5.3, 0]);
    expect(yRange([], [])).to.deep.equal([0, 1]);
    expect(yRange([[0, NaN, Infinity]], [])).to.deep.equal([0, 1]);
  });

  it("hold ten thousand points of a hundred curves", () => {
    const many = Array.from({ length: 100 }, () =>
      curve("bars", new Array<number>(10_000).fill(1)),
    );
    expect(yRange(heightsOf(many), [])).to.deep.equal([0, 106]);
  });
});
