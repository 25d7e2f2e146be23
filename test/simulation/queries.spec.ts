import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { evaluate } from "../../sandbox/datadog/evaluation/evaluate.ts";
import type { LogPlan, MetricPlan, SloPlan } from "../../sandbox/datadog/evaluation/query/plan.ts";
import { planOf } from "../../sandbox/datadog/evaluation/query/plan-of-query.ts";
import type { EvaluationState } from "../../sandbox/datadog/evaluation/state/monitor-state.ts";
import { scalars, timeseries } from "../../sandbox/datadog/query/formula-query.ts";
import { queryMetrics } from "../../sandbox/datadog/query/metric-query.ts";
import type { QuerySources } from "../../sandbox/datadog/query/query-sources.ts";
import { sloShare } from "../../sandbox/datadog/query/slo-figures.ts";
import { splitComparison } from "../../sandbox/datadog/validation/monitor-query.ts";
import type { DeclaredMonitor } from "../../simulation/declared/declared.ts";
import { createSimulator, type Simulator } from "../../simulation/replay/simulator.ts";
import { allScenarios, type Scenario } from "../../simulation/timeline/scenario.ts";
import { startOf } from "../../simulation/timeline/timeline.ts";
import { pyvrl } from "../support/logs/pyvrl.ts";
import { type DeclaredWidget, declaredWidgets } from "../support/declared-widgets.ts";

// What a monitor sees and what a client is answered, over every scenario. Proves that a graph shows
// the number that a monitor compares; the arithmetic of the comparison is done by this spec.

const minute = 60_000;

/** The queries of a sum of counts, each by a name, and the arithmetic over the names. */
function namedParts(text: string): { readonly parts: readonly string[]; readonly formula: string } {
  const parts: string[] = [];
  const formula = text.replaceAll(/sum:[\w.]+\{[^{}]*\}\.as_count\(\)/g, (part) => {
    parts.push(part);
    return `q${parts.length - 1}`;
  });
  return { parts, formula };
}

async function seenOfMetric(
  query: string,
  plan: MetricPlan,
  now: number,
  sources: QuerySources,
): Promise<number | undefined> {
  const span = { from: now - plan.minutes * minute, to: now };
  const text = (splitComparison(query)?.[0] ?? "").replace(/^\w+\(last_\w+\):/, "");
  const { parts, formula } = namedParts(text);
  if (parts.length > 0) return seenOfSums(parts, formula, { span, sources });
  const [curve] = await queryMetrics(text, span, sources);
  const values = curve?.points.map(([, value]) => value) ?? [];
  if (values.length === 0) return undefined;
  const sum = values.reduce((total, value) => total + value, 0);
  const figures = {
    max: Math.max(...values),
    min: Math.min(...values),
    sum,
    avg: sum / values.length,
  };
  return figures[plan.aggregation];
}

interface Asked {
  readonly span: { readonly from: number; readonly to: number };
  readonly sources: QuerySources;
}

async function seenOfSums(parts: readonly string[], formula: string, { span, sources }: Asked) {
  const queries = parts.map((query, index) => {
    return { data_source: "metrics", name: `q${index}`, query, aggregator: "sum" };
  });
  const found = await scalars({ ...span, queries }, sources);
  const sums = found.map(({ groups }) => groups.get("*")?.get(0));
  if (sums.every((sum) => sum === undefined)) return undefined;
  const names = Object.fromEntries(sums.map((sum, index) => [`q${index}`, sum ?? 0]));
  const value = runInNewContext(formula, names) as number;
  return Number.isFinite(value) ? value : undefined;
}

async function seenOfLogs(plan: LogPlan, now: number, sources: QuerySources) {
  const query = {
    data_source: "logs",
    search: { query: plan.search },
    compute: { aggregation: "count" },
  };
  const span = { from: now - plan.minutes * minute, to: now };
  const [found] = await scalars({ ...span, queries: [query] }, sources);
  return found?.groups.get("*")?.get(0);
}

async function seenOfSlo(plan: SloPlan, now: number, sources: QuerySources) {
  const target = sources.slo(plan.slo)?.targets[plan.timeframe] ?? Number.NaN;
  const rates: number[] = [];
  for (const minutes of [plan.longMinutes, plan.shortMinutes]) {
    const share = await sloShare(plan.slo, { from: now - minutes * minute, to: now }, sources);
    if (typeof share === "string") throw new Error(share);
    rates.push(share.total === 0 ? 0 : (1 - share.good / share.total) / (1 - target));
  }
  return Math.min(...rates);
}

/** What a client is answered for the query of a monitor; "none" for what is no query of data. */
async function seen(
  { type, query, options }: DeclaredMonitor,
  moment: number,
  sources: QuerySources,
) {
  const plan = planOf(type, query);
  const delay = plan.kind === "metric" ? Number(options["evaluation_delay"] ?? 0) : 0;
  const now = moment - delay * 1000;
  if (plan.kind === "metric") return seenOfMetric(query, plan, now, sources);
  if (plan.kind === "log") return seenOfLogs(plan, now, sources);
  return plan.kind === "slo" ? seenOfSlo(plan, now, sources) : "none";
}

/** Where monitor and client differ, and how many values were compared. */
async function compared(simulator: Simulator, scenario: Scenario) {
  const { monitors } = await simulator.declared(scenario.images);
  const recording = await simulator.recording(scenario);
  const start = startOf(scenario);
  const differences: string[] = [];
  let [state, count]: [EvaluationState, number] = [{}, 0];
  for (let now = start; now <= start + scenario.lasts; now += minute) {
    const sources = { ...recording.sourcesAt(now), events: () => [], state, now };
    ({ state } = await evaluate(monitors, sources, state, now));
    for (const monitor of monitors) {
      const group = state[monitor.id]?.groups["*"];
      const value = group?.lastData === now ? group.value : undefined;
      const answer = await seen(monitor, now, { ...sources, state });
      if (answer === "none") continue;
      count += 1;
      // what no monitor has a value for may be 0 by its own option
      if (same(value, answer) || (value === 0 && answer === undefined)) continue;
      differences.push(`${monitor.key} at ${(now - start) / minute}: ${value} and ${answer}`);
    }
  }
  return { differences, count };
}

function same(value: number | undefined, answer: number | undefined): boolean {
  if (value === undefined || answer === undefined) return value === answer;
  return Math.abs(value - answer) <= 1e-9 * Math.max(1, Math.abs(value));
}

describe("what monitors see and what a client is answered", () => {
  let simulator: Simulator | undefined;
  let widgets: readonly DeclaredWidget[] = [];

  before(async function () {
    this.timeout(60_000);
    simulator = createSimulator(await pyvrl(this));
    widgets = await declaredWidgets();
  });

  after(() => simulator?.close());

  for (const scenario of allScenarios()) {
    it(`is one number of every monitor in ${scenario.name}`, async function () {
      this.timeout(180_000);
      if (simulator === undefined) return this.skip();
      const { differences, count } = await compared(simulator, scenario);

      expect(differences).to.deep.equal([]);
      expect(count).to.be.greaterThan(100);
    });
  }

  it("is the same of every widget's metrics by both query routes, and nothing is refused", async function () {
    this.timeout(180_000);
    if (simulator === undefined) return this.skip();
    const scenario = allScenarios().find(({ name }) => name === "payment-down");
    if (scenario === undefined) throw new Error("no scenario payment-down");
    const now = startOf(scenario) + scenario.lasts;
    const recording = await simulator.recording(scenario);
    const sources = { ...recording.sourcesAt(now), events: () => [], state: {}, now };
    const span = { from: now - 60 * minute, to: now };
    const withData = new Set<string>();

    for (const { title, format, queries, formulas } of widgets) {
      const ask = format === "scalar" ? scalars : timeseries;
      const found = await ask({ ...span, queries, formulas }, sources);
      if (found.some(({ groups }) => groups.size > 0)) withData.add(title);
      for (const query of queries.filter((one) => one.data_source === "metrics")) {
        const [v2] = await timeseries({ ...span, queries: [query] }, sources);
        const v1 = await queryMetrics(query.query ?? "", span, sources);
        const ours = v1.map(({ points }) => points.map(([, value]) => value));
        const theirs = [...(v2?.groups.values() ?? [])]
          .filter((values) => values.size > 0)
          .map((values) => [...values].sort(([a], [b]) => a - b).map(([, value]) => value));
        expect(ours, title).to.deep.equal(theirs);
      }
    }

    expect(widgets.length).to.be.greaterThan(15);
    expect(withData.size).to.be.greaterThan(10);
  });
});
