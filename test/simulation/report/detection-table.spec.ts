import { expect } from "chai";
import type { Transition } from "../../../sandbox/datadog/evaluation/state/monitor-state.ts";
import type { DeclaredMonitor } from "../../../simulation/declared/declared.ts";
import { detectionPage } from "../../../simulation/report/detection-table.ts";
import { scenarioOf } from "../../../simulation/thresholds/threshold-case.ts";
import type { Scenario } from "../../../simulation/timeline/scenario.ts";
import { startOf } from "../../../simulation/timeline/timeline.ts";

// The page by turns that are made up; test/simulation/signals.spec.ts makes it of what the stack declares.

const monitor = {
  ...{ id: 1, key: "a", title: "a", priority: 3, type: "log alert", query: "", options: {} },
  tags: [],
  notifies: { alert: true, noData: false, recovery: [] },
} satisfies DeclaredMonitor;

type Turn = readonly [minute: number, from: Transition["from"], to: Transition["to"]];

/** Rows of the page's tables on one scenario, without their heads. */
function rowsOf(more: Partial<Scenario>, turns: readonly Turn[]): readonly string[] {
  const scenario = { ...scenarioOf("it happens", {}), ...more };
  const transitions = turns.map(([minute, from, to]): Transition => {
    const at = startOf(scenario) + minute * 60_000;
    const notifies = to === "Alert" && { notification: "triggered" as const };
    return { monitor: 1, group: "*", at, from, to, ...notifies };
  });
  const replayed = { transitions: new Map([["a", transitions]]), notEvaluated: new Map() };
  const page = detectionPage([{ scenario, monitors: [monitor], replayed }]);
  return page.split("\n").filter((line) => /^\| (?:it happens|`a`) \|/.test(line));
}

const start: Turn = [0, "No Data", "OK"];
const alert: Turn = [12, "OK", "Alert"];
const five = 300_000;

describe("docs/detection.md", () => {
  it("counts minutes from the beginning of a fault, of what else happens, or of the scenario", () => {
    const fault = { from: five, within: 2 * five };

    expect(rowsOf({ fault }, [start, alert])).to.deep.equal([
      "| it happens | 10 min | 7 min | `a` |",
      "| `a` | P3 | **7 min** |",
    ]);
    expect(rowsOf({ happens: 2 * five }, [start, alert])).to.deep.equal([
      "| it happens | `a` |",
      "| `a` | P3 | **2 min** |",
    ]);
    expect(rowsOf({}, [start, alert])[1]).to.equal("| `a` | P3 | **12 min** |");
  });

  it("shows which monitors were alerting already, and which stay quiet", () => {
    const happens = 3 * five;

    expect(rowsOf({ happens }, [start, alert])).to.deep.equal([
      "| it happens | nobody |",
      "| `a` | P3 | on |",
    ]);
    expect(rowsOf({ happens }, [start, alert, [13, "Alert", "OK"]])[1]).to.equal(
      "| `a` | P3 | - |",
    );
    expect(rowsOf({ happens }, [start, [12, "OK", "No Data"]])).to.deep.equal([
      "| it happens | nobody |",
      "| `a` | P3 | no data on |",
    ]);
    expect(rowsOf({ happens }, [])[1]).to.equal("| `a` | P3 | - |");
  });

  it("has no budget for what is too rare", () => {
    expect(rowsOf({ fault: { from: five, within: "never" } }, [start])[0]).to.equal(
      "| it happens | none | never | - |",
    );
  });

  it("says where signals are late", () => {
    const scenario = { ...scenarioOf("late", {}), lag: { logs: 20_000, metrics: 45_000 } };
    const replayed = { transitions: new Map(), notEvaluated: new Map() };

    expect(detectionPage([{ scenario, monitors: [], replayed }])).to.contain(
      'Signals arrive at once, but in "late" (logs 20 s late, metrics 45 s).',
    );
  });
});
