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
