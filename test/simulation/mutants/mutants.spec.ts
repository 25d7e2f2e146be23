import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Sources } from "../../../sandbox/datadog/evaluation/values/data.ts";
import type { Simulator } from "../../../simulation/replay/simulator.ts";
import type { DeclaredMonitor } from "../../../simulation/declared/declared.ts";
import { scenarioOf } from "../../../simulation/thresholds/threshold-case.ts";
import {
  huntMutants,
  knownReasons,
  survivorLines,
} from "../../../simulation/mutants/mutant-hunt.ts";
import { mutantsOf } from "../../../simulation/mutants/mutants.ts";
import { changes, replay } from "../../../simulation/replay/replay.ts";
import type { Scenario } from "../../../simulation/timeline/scenario.ts";
import { startOf } from "../../../simulation/timeline/timeline.ts";

// Which changes are made, and what becomes of those that show nowhere; test/simulation/signals.spec.ts makes
// them all on the monitors of the stack.

const common = {
  id: 1,
  key: "a",
  title: "a",
  priority: 3,
  notifies: { alert: true, noData: false, recovery: [] },
  tags: [],
};
const check = '"datadog.agent.up".over("a:b").by("host").last(2).count_by_status()';

describe("mutants", () => {
  it("of a check have a report fewer, and other thresholds of one report or more", () => {
    const thresholds = { critical: 1, warning: 2, ok: 1 };
    const monitor: DeclaredMonitor = {
      ...common,
      ...{ type: "service check", query: check, options: { thresholds } },
    };

    const mutants = mutantsOf(monitor);

    expect(mutants.map(({ change }) => change)).to.deep.equal([
      "one report fewer",
      "without a:b",
      "filter narrowed",
      "critical +1",
      "warning +1",
      "warning -1",
      "ok +1",
    ]);
    expect(mutants[0]?.monitor.query).to.equal(check.replace("last(2)", "last(1)"));
    expect(mutants[5]?.monitor.options.thresholds).to.deep.equal({ ...thresholds, warning: 1 });
  });

  it("of a metric have other thresholds of warnings and recoveries, and the critical one by the query", () => {
    const thresholds = { critical: 5, critical_recovery: 3, warning: 2 };
    const query = "sum(last_10m):sum:m{a:b}.as_count() > 5";

    const mutants = mutantsOf({
      ...common,
      ...{ type: "metric alert", query, options: { thresholds } },
    });

    expect(mutants.map(({ change }) => change)).to.deep.equal([
      "comparison flipped",
      "threshold +1",
      "threshold -1",
      "window halved",
      "without a:b",
      "filter narrowed",
      "critical_recovery +1",
      "critical_recovery -1",
      "warning +1",
      "warning -1",
    ]);
    expect(mutants[6]?.monitor.options.thresholds).to.deep.equal({
      ...thresholds,
      critical_recovery: 4,
    });
  });

  describe("in silence", () => {
    const nothing: Sources = {
      series: () => [],
      logs: () => [],
      checks: () => [],
      slo: () => undefined,
    };
    const quiet = (key: string, id: number): DeclaredMonitor => ({
      ...common,
      ...{ key, id, type: "log alert", options: {} },
      query: 'logs("x").index("*").rollup("count").last("4m") < 1',
    });
    const sets = { weave: [quiet("a", 1)], "status-fix": [quiet("a", 1), quiet("b", 2)] };
    const recording = (scenario: Scenario) => {
      const counts = { lines: 0, logs: 0, indexed: 0 };
      const events = () => Promise.resolve([]);
      return { scenario, counts, sourcesAt: () => nothing, events, metrics: [] };
    };
    const replayed = (scenario: Scenario) => replay(sets[scenario.images], recording(scenario));
    const simulator: Simulator = {
      declared: (images) =>
        Promise.resolve({
          ...{ slos: [], dashboards: [], pipelines: [], metrics: [], logs: new Map() },
          monitors: sets[images],
        }),
      recording: (scenario) => Promise.resolve(recording(scenario)),
      replayed,
      changes: async (scenario, key) => {
        const { transitions } = await replayed(scenario);
        return changes(transitions.get(key) ?? [], startOf(scenario)).join();
      },
      close: () => Promise.resolve(),
    };
    const scenarios = (["weave", "status-fix"] as const).map((images) =>
      scenarioOf(images, { minutes: 2, images }),
    );

    it("show or have a reason, and a reason is that of one mutant alone", async () => {
      const reasons = new Map([
        ["a: threshold +1", "no lines are fewer than two"],
        ["a: comparison flipped", "it alerts no more, so that this shows"],
        ["c: threshold +1", "there is no such monitor"],
      ]);

      const hunt = await huntMutants(simulator, scenarios, reasons);

      expect(hunt.explained).to.deep.equal(["a: threshold +1 – no lines are fewer than two"]);
      expect(hunt.stale).to.deep.equal(["a: comparison flipped", "c: threshold +1"]);
      const unnoticed = ["window halved", "without x", "filter narrowed"];
      expect(hunt.unexplained).to.deep.equal([
        ...unnoticed.map((change) => `a: ${change}`),
        ...["threshold +1", ...unnoticed].map((change) => `b: ${change}`),
      ]);
      expect(survivorLines(hunt).slice(0, 3)).to.deep.equal([
        "4 of 12 mutants show in a scenario or threshold case, 1 do not for a known reason",
        "not noticed a: threshold +1 – no lines are fewer than two",
        "NOT NOTICED a: window halved",
      ]);
    });

    it("are made once of a monitor that several image sets declare, and of each that one declares", async () => {
      const { tried } = await huntMutants(simulator, scenarios, new Map());
      const { tried: ofOneSet } = await huntMutants(simulator, scenarios.slice(0, 1), new Map());

      expect([tried, ofOneSet]).to.deep.equal([12, 6]);
    });
  });

  it("have no reason that stands for every monitor", () => {
    const folder = mkdtempSync(join(tmpdir(), "reasons-"));
    try {
      const file = join(folder, "reasons.yaml");
      const reason = "a reason that is long enough";
      writeFileSync(file, `- { monitors: [a, b], changes: [c, d], reason: ${reason} }\n`);
      expect([...knownReasons(file)]).to.deep.equal(
        ["a: c", "a: d", "b: c", "b: d"].map((mutant) => [mutant, reason]),
      );

      writeFileSync(file, `- { monitors: "*", changes: [c], reason: ${reason} }\n`);
      expect(() => knownReasons(file)).to.throw(/^reasons.yaml: 0.monitors: .*expected array/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
