import type { CheckRun, CheckStatus } from "./data.ts";
import type { Status } from "../state/composite.ts";
import type { CheckPlan } from "../query/plan.ts";
import { groupOf } from "../query/tag-filter.ts";

/** Consecutive runs that make a status. */
export interface CheckThresholds {
  readonly critical: number;
  readonly warning: number;
  readonly ok: number;
}

/** The last runs of each group of a check, oldest first. */
export function runsByGroup(
  { over, by, last }: CheckPlan,
  runs: readonly CheckRun[],
): ReadonlyMap<string, readonly CheckRun[]> {
  const groups = new Map<string, CheckRun[]>();
  for (const run of runs.toSorted((a, b) => a.at - b.at)) {
    const group = groupOf(by, run.tags);
    if (group === undefined || !over.every((tag) => run.tags.includes(tag))) continue;
    groups.set(group, [...(groups.get(group) ?? []), run].slice(-last));
  }
  return groups;
}

/**
 * Status after consecutive runs with one result; in between, the status stays as it was.
 * https://docs.datadoghq.com/monitors/types/service_check/#set-alert-conditions
 */
export function statusOfRuns(
  thresholds: CheckThresholds,
  runs: readonly CheckRun[],
  before: Status | undefined,
): Status {
  const latest = runs.at(-1)?.status ?? "UNKNOWN";
  const other = runs.findLastIndex(({ status }) => status !== latest);
  const consecutive = runs.length - other - 1;
  const rule = rules[latest];
  if (rule !== undefined && consecutive >= thresholds[rule.threshold]) return rule.status;
  return before ?? "OK";
}

const rules: Partial<
  Record<CheckStatus, { threshold: keyof CheckThresholds; status: "OK" | "Warn" | "Alert" }>
> = {
  OK: { threshold: "ok", status: "OK" },
  WARNING: { threshold: "warning", status: "Warn" },
  CRITICAL: { threshold: "critical", status: "Alert" },
};
