import type { FoundLog } from "./data.ts";
import type { LogMeasure, LogPlan } from "../query/plan.ts";
import { everything } from "../query/tag-filter.ts";
import { overTime, percentile } from "./time-aggregation.ts";

/** Value of each group of the lines that a log monitor found; groups without a line are absent. */
export function logValues(
  { by, measure }: Pick<LogPlan, "by" | "measure">,
  found: readonly FoundLog[],
): ReadonlyMap<string, number> {
  const groups = new Map<string, FoundLog[]>();
  for (const log of found) {
    const group = groupName(by, log);
    if (group === undefined) continue;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [log]);
    else members.push(log);
  }
  const values = new Map<string, number>();
  for (const [group, members] of groups) {
    const value = measured(measure, members);
    if (value !== undefined) values.set(group, value);
  }
  return values;
}

/** The group of a line, `path:value,…`; undefined where a value is missing. */
export function groupName(by: readonly string[], log: FoundLog): string | undefined {
  if (by.length === 0) return everything;
  const parts = by.map((path) => [path, shown(log.valueOf(path))] as const);
  return parts.some(([, value]) => value === undefined)
    ? undefined
    : parts.map(([path, value]) => `${path}:${value ?? ""}`).join(",");
}

function shown(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function measured(measure: LogMeasure, logs: readonly FoundLog[]): number | undefined {
  return measure.kind === "count"
    ? logs.length
    : measuredValues(
        measure,
        logs.map((log) => log.valueOf(measure.path)),
      );
}

/** The measure of the values that its attribute has in the lines; undefined of no number. */
export function measuredValues(
  measure: Exclude<LogMeasure, { kind: "count" }>,
  values: readonly unknown[],
): number | undefined {
  if (measure.kind === "cardinality") {
    return new Set(values.map(shown).filter((value) => value !== undefined)).size;
  }
  const numbers = values.filter((value) => typeof value === "number");
  return measure.aggregation === "percentile"
    ? percentile(numbers, measure.percent)
    : overTime(measure.aggregation, numbers);
}
