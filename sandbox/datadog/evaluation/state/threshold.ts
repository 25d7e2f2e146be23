import type { Comparator } from "../../validation/monitor-query.ts";
import type { Status } from "./composite.ts";

/** The numbers that a measured value is compared with. */
export interface Thresholds {
  readonly comparator: Comparator;
  readonly critical: number;
  readonly warning?: number | null | undefined;
  readonly criticalRecovery?: number | null | undefined;
  readonly warningRecovery?: number | null | undefined;
}

/**
 * Status of a value. Without a recovery threshold a monitor recovers when its condition no longer
 * holds; with one, only once the value has passed that.
 * https://docs.datadoghq.com/monitors/guide/recovery-thresholds/
 */
export function statusOfValue(
  { comparator, critical, warning, criticalRecovery, warningRecovery }: Thresholds,
  value: number,
  before: Status | undefined,
): Exclude<Status, "No Data"> {
  const crosses = (threshold: number | null | undefined) =>
    typeof threshold === "number" && holds(comparator, value, threshold);
  if (crosses(critical)) return "Alert";
  if (before === "Alert" && crosses(criticalRecovery)) return "Alert";
  if (crosses(warning)) return "Warn";
  const wasWarned = before === "Warn" || before === "Alert";
  return wasWarned && crosses(warningRecovery) ? "Warn" : "OK";
}

function holds(comparator: Comparator, value: number, threshold: number): boolean {
  switch (comparator) {
    case "<":
      return value < threshold;
    case "<=":
      return value <= threshold;
    case ">":
      return value > threshold;
    case ">=":
      return value >= threshold;
    case "==":
      return value === threshold;
    case "!=":
      return value !== threshold;
  }
}
