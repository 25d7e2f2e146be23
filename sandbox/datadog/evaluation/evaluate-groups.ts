import { runsByGroup, statusOfRuns } from "./values/check-status.ts";
import { compositeFindings } from "./state/composite-groups.ts";
import type { Sources } from "./values/data.ts";
import type { Finding } from "./state/group-state.ts";
import { logValues } from "./values/log-value.ts";
import { loadSeries } from "./values/load-series.ts";
import { metricValues } from "./values/metric-value.ts";
import type { EvaluationState, MonitorState } from "./state/monitor-state.ts";
import type { CheckPlan, LogPlan, MetricPlan, Plan } from "./query/plan.ts";
import type { Policy } from "./state/monitor-options.ts";
import { findingOfRuns } from "./values/synthetics-status.ts";
import { burnRateOf } from "./values/slo-burn.ts";
import { everything } from "./query/tag-filter.ts";
import { statusOfValue } from "./state/threshold.ts";
import { lastMinutes } from "./query/windows.ts";

/** What an evaluation has at hand. */
export interface Moment {
  readonly monitor: number;
  readonly plan: Plan;
  readonly policy: Policy;
  readonly known: MonitorState;
  readonly sources: Sources;
  /** Of the monitors that were evaluated before this one, at the same moment. */
  readonly state: EvaluationState;
  readonly now: number;
}

/** Finding of each group that has one; a text says why the monitor is not evaluated. */
export async function findingsOf(moment: Moment): Promise<ReadonlyMap<string, Finding> | string> {
  const { plan } = moment;
  switch (plan.kind) {
    case "not evaluated":
      return plan.why;
    case "metric":
      return statusesOf(moment, plan, await metricValuesAt(moment, plan));
    case "log":
      return statusesOf(moment, plan, await logValuesAt(moment, plan));
    case "check":
      return checkFindings(moment, plan);
    case "synthetics":
      return syntheticsFindings(moment);
    case "slo": {
      const rate = await burnRateOf(plan, moment);
      return typeof rate === "string"
        ? rate
        : statusesOf(moment, { ...plan, by: [] }, new Map([[everything, rate]]));
    }
    case "composite":
      return compositeFindings(plan, moment);
  }
}

async function metricValuesAt(
  { sources, policy, now }: Moment,
  { expression, aggregation, minutes }: MetricPlan,
): Promise<ReadonlyMap<string, number>> {
  const span = lastMinutes(minutes, now, policy.delaySeconds);
  const question = { aggregation, expression, span, fullWindow: policy.fullWindow };
  return metricValues(question, await loadSeries([expression], sources, span));
}

/** By the source's own count where it has one: it is the same, without reading the lines again. */
async function logValuesAt(
  { sources, now }: Moment,
  plan: LogPlan,
): Promise<ReadonlyMap<string, number>> {
  const span = lastMinutes(plan.minutes, now);
  return sources.measured === undefined
    ? logValues(plan, await sources.logs(plan.search, span))
    : sources.measured(plan, span);
}

type Compared = Pick<MetricPlan | LogPlan, "comparator" | "threshold" | "by">;

/** Statuses of measured values; a group that had a value before and has none now is missing. */
function statusesOf(
  { policy, known }: Moment,
  { comparator, threshold, by }: Compared,
  values: ReadonlyMap<string, number>,
): ReadonlyMap<string, Finding> {
  const thresholds = { comparator, critical: threshold, ...policy.thresholds };
  const groups = new Set([...values.keys(), ...Object.keys(known.groups)]);
  if (by.length === 0) groups.add(everything);
  return new Map<string, Finding>(
    [...groups].map((group) => {
      const value = values.get(group) ?? (policy.missing.kind === "zero" ? 0 : undefined);
      if (value === undefined) return [group, { kind: "missing" }];
      const status = statusOfValue(thresholds, value, known.groups[group]?.status);
      return [group, { kind: "status", status, value }];
    }),
  );
}

async function syntheticsFindings(moment: Moment): Promise<ReadonlyMap<string, Finding>> {
  const { sources, policy, known, monitor, now } = moment;
  const runs = (await sources.synthetics?.(monitor)) ?? [];
  const finding = findingOfRuns(policy.synthetics, runs, { now, before: known.groups[everything] });
  return new Map([[everything, finding]]);
}

/** Runs older than this say nothing about a check any more. */
const freshMinutes = 2;

async function checkFindings(
  { sources, policy, known, now }: Moment,
  plan: CheckPlan,
): Promise<ReadonlyMap<string, Finding>> {
  const runs = await sources.checks(plan.check, lastMinutes(freshMinutes * plan.last, now));
  const fresh = lastMinutes(freshMinutes, now);
  const groups = runsByGroup(plan, runs);
  const names = new Set([...groups.keys(), ...Object.keys(known.groups)]);
  if (plan.by.length === 0) names.add(everything);
  return new Map<string, Finding>(
    [...names].map((group) => {
      const last = groups.get(group) ?? [];
      if ((last.at(-1)?.at ?? 0) <= fresh.from) return [group, { kind: "missing" }];
      const before = known.groups[group]?.status;
      return [
        group,
        { kind: "status", status: statusOfRuns(policy.checkThresholds, last, before) },
      ];
    }),
  );
}
