import { expect } from "chai";
import { markersIn } from "../../../../../sandbox/page/browser/dashboards/markers.ts";
import { overlaySearches } from "../../../../../sandbox/page/browser/dashboards/overlay.ts";

describe("the levels of a graph", () => {
  it("are read from lines and bands", () => {
    const texts = ["y = 5", "y>=2.5", "y < -1e3", "5 < y < 8"];
    const markers = markersIn(texts.map((value) => ({ value, display_type: "error dashed" })));
    expect(markers.map(({ levels }) => levels)).to.deep.equal([[5], [2.5], [-1000], [5, 8]]);
  });

  it("have a kind, dashes and a label", () => {
    const declared = [
      { value: "y = 1", display_type: "warning bold", label: " limit " },
      { value: "y = 2" },
    ];
    expect(markersIn(declared)).to.deep.equal([
      { levels: [1], label: "limit", kind: "warning", isDashed: false },
      { levels: [2], label: "y = 2", kind: "info", isDashed: false },
    ]);
  });

  it("leave out what is no level", () => {
    const odd = [{ value: "x = 1" }, { value: 5 }, null, {}, { value: "y = a" }];
    expect(markersIn(odd)).to.deep.equal([]);
    expect(markersIn("y = 1")).to.deep.equal([]);
  });
});

describe("the events behind a graph", () => {
  it("are found by the searches of the widget, variables replaced", () => {
    const expand = (query: string) => query.replace("$a", "a:b");
    const declared = [{ q: "$a x" }, { odd: 1 }, null];
    expect(overlaySearches(declared, expand)).to.deep.equal(["a:b x"]);
    expect(overlaySearches(undefined, expand)).to.deep.equal([]);
  });
});
