import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { allScenarios } from "../../../simulation/timeline/scenario.ts";

// A scenario in which nothing happens by mistake passes as a control: what is read is judged.

const right = `title: orders fail for ten minutes
mode: failures
lasts: 20m
orders:
  - { from: 5m, to: 15m, every: 30s, ends: [placed, payment-refused] }
  - { at: 20m, ends: placed }
payment:
  - { from: 0m, desired: 1, available: 1 }
load: { from: 5m, completes: 6m, to: 15m }
fault: { from: 5m, within: never }
`;

describe("scenarios", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "scenarios-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** What is said of scenarios, one text a file: a.yaml, b.yaml and so on. */
  function problemsOf(...texts: readonly string[]): readonly string[] {
    for (const [index, text] of texts.entries()) {
      writeFileSync(join(folder, `${"abc"[index] ?? ""}.yaml`), text);
    }
    try {
      allScenarios(folder);
      return [];
    } catch (error) {
      return (error as Error).message.split("\n");
    }
  }

  it("are read with times in milliseconds, the end included", () => {
    expect(problemsOf(right)).to.deep.equal([]);
    const [scenario] = allScenarios(folder);

    expect(scenario).to.deep.include({ name: "a", lasts: 1_200_000 });
    expect(scenario?.orders).to.deep.equal([
      { from: 300_000, to: 900_000, every: 30_000, ends: ["placed", "payment-refused"] },
      { at: 1_200_000, ends: "placed" },
    ]);
  });

  const duration = "expected a duration such as 90s, 5m30s or 1h";
  const late = "expected a time within `lasts`";
  const backwards = "expected a time after `from`";
  const mistakes: readonly (readonly [from: string, to: string, ...problems: string[]])[] = [
    ["from: 5m, to: 15m, every", "from: 15m, to: 5m, every", `orders.0.to: ${backwards}`],
    ["from: 5m, to: 15m, every", "from: 5m, to: 5m, every", `orders.0.to: ${backwards}`],
    ["every: 30s", "every: 0s", "orders.0.every: expected 1s or more"],
    ["every: 30s", "every: 30", "orders.0.every: Invalid input: expected string, received number"],
    ["every: 30s", "every: 30sec", `orders.0.every: ${duration}`],
    ["at: 20m", "at: 20m1s", `orders.1.at: ${late}`],
    ["to: 15m, every", "to: 21m, every", `orders.0.to: ${late}`],
    ["{ from: 0m, desired", "{ from: 21m, desired", `payment.0.from: ${late}`],
    ["completes: 6m, to: 15m", "completes: 6m, to: 4m", `load.to: ${backwards}`],
    ["completes: 6m", "completes: 21m", `load.completes: ${late}`],
    ["fault: { from: 5m", "fault: { from: 21m", `fault.from: ${late}`],
    ["fault: { from: 5m, within: never }", "happens: 21m", `happens: ${late}`],
    ["within: never }", "within: never }\nhappens: 5m", "happens: expected either this or `fault`"],
    ["within: never", "within: soon", "fault.within: expected a duration such as 5m, or never"],
    [
      "ends: [placed, payment-refused]",
      "ends: [plced]",
      'orders.0.ends.0: Invalid option: expected one of "placed"|"declined"|"payment-refused"|' +
        '"payment-error"|"payment-timeout"|"payment-unreachable"|"shipping-timeout"',
    ],
    [
      "{ at: 20m, ends: placed }",
      "20m",
      "orders.1: Invalid input: expected object, received string",
    ],
    [
      "mode: failures",
      "mode: failures\nmode: others",
      "Map keys must be unique at line 3, column 1",
    ],
    [
      "lasts: 20m",
      "lasts: [20m",
      "Flow sequence in block collection must be sufficiently indented and end with a ] " +
        "at line 4, column 1",
    ],
  ];

  for (const [from, to, ...problems] of mistakes) {
    it(`are refused with ${to.replace("\n", ", ")}`, () => {
      expect(right).to.contain(from);

      const found = problemsOf(right.replace(from, to));

      expect(found).to.deep.equal(problems.map((problem) => `a.yaml: ${problem}`));
    });
  }

  it("last a minute or more", () => {
    const idle = (lasts: string) =>
      `title: idle\nmode: idle\nlasts: ${lasts}\npayment: [{ from: 0m, desired: 1, available: 1 }]\n`;

    expect(problemsOf(idle("1m"))).to.deep.equal([]);
    expect(problemsOf(idle("59s"))).to.deep.equal(["a.yaml: lasts: expected 1m or more"]);
  });

  it("are refused with two problems, each of which is a line", () => {
    const text = right.replace("every: 30s", "every: 0s").replace("at: 20m", "at: noon");

    expect(problemsOf(text)).to.deep.equal([
      "a.yaml: orders.0.every: expected 1s or more",
      `a.yaml: orders.1.at: ${duration}`,
    ]);
  });

  it("are refused where two would be one row of the page", () => {
    const other = right.replace("mode: failures", "mode: other failures");

    expect(problemsOf(right, other, right)).to.deep.equal([
      'c.yaml: mode: "failures" is that of a.yaml',
    ]);
  });
});
