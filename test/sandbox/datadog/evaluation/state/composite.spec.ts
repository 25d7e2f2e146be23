import { expect } from "chai";
import {
  compositeStatus,
  parseComposite,
  type Status,
} from "../../../../../sandbox/datadog/evaluation/state/composite.ts";

function outcome(query: string, statuses: Readonly<Record<number, Status>>): Status {
  const tree = parseComposite(query);
  if (tree === undefined) throw new Error(query);
  return compositeStatus(tree, (id) => statuses[id] ?? "OK");
}

describe("a composite condition", () => {
  const rows: [a: Status, b: Status, and: Status, or: Status][] = [
    ["Alert", "Alert", "Alert", "Alert"],
    ["Alert", "Warn", "Warn", "Alert"],
    ["Alert", "No Data", "No Data", "Alert"],
    ["Alert", "OK", "OK", "Alert"],
    ["Warn", "Warn", "Warn", "Warn"],
    ["Warn", "No Data", "No Data", "Warn"],
    ["Warn", "OK", "OK", "Warn"],
    ["No Data", "No Data", "No Data", "No Data"],
    ["No Data", "OK", "OK", "No Data"],
    ["OK", "OK", "OK", "OK"],
  ];
  for (const [a, b, and, or] of rows) {
    it(`of ${a} and ${b} is ${and} by && and ${or} by ||, in either order`, () => {
      for (const statuses of [
        { 1: a, 2: b },
        { 1: b, 2: a },
      ]) {
        expect(outcome("1 && 2", statuses)).to.equal(and);
        expect(outcome("1 || 2", statuses)).to.equal(or);
      }
    });
  }

  it("is turned round by !, but for No Data", () => {
    expect(outcome("!1", { 1: "Alert" })).to.equal("OK");
    expect(outcome("!1", { 1: "Warn" })).to.equal("OK");
    expect(outcome("!1", { 1: "OK" })).to.equal("Alert");
    expect(outcome("!1", { 1: "No Data" })).to.equal("No Data");
    expect(outcome("!!1", { 1: "Warn" })).to.equal("Alert");
  });

  it("binds ! before && before ||, unless there are brackets", () => {
    const statuses: Record<number, Status> = { 1: "Alert", 2: "OK", 3: "OK" };

    expect(outcome("1 || 2 && 3", statuses)).to.equal("Alert");
    expect(outcome("(1 || 2) && 3", statuses)).to.equal("OK");
    expect(outcome("!1 || !2", statuses)).to.equal("Alert");
    expect(outcome("!(1 || 2)", statuses)).to.equal("OK");
  });
});
