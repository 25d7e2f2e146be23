import { membersOf } from "../../sandbox/datadog/evaluation/state/composite.ts";
import { planOf } from "../../sandbox/datadog/evaluation/query/plan-of-query.ts";
import type { DeclaredMonitor } from "../declared/declared.ts";

/**
 * Where a monitor may change its status, as the stack declares it: thresholds, window, silence,
 * members. The numbers are part of the names, so that another number is another case.
 */
export function caseNames(
  monitor: DeclaredMonitor,
  monitors: readonly DeclaredMonitor[],
): readonly string[] {
  const plan = planOf(monitor.type, monitor.query);
  switch (plan.kind) {
    case "composite":
      return membersOf(plan.tree).map((id) => {
        return `member ${monitors.find((one) => one.id === id)?.key ?? id}`;
      });
    case "slo":
      return [
        ...[`long rate ${plan.threshold}`, `short rate ${plan.threshold}`],
        ...[`long window ${plan.longMinutes}m`, `short window ${plan.shortMinutes}m`],
      ];
    case "metric":
    case "log":
      return [...thresholdNames(monitor), windowName(monitor, plan.minutes), ...silence(monitor)];
    case "check":
      return [...thresholdNames(monitor), ...silence(monitor)];
    case "synthetics":
      return ["first failed run"];
    case "not evaluated":
      return [`not evaluated: ${plan.why}`];
  }
}

function thresholdNames({ options }: DeclaredMonitor): readonly string[] {
  return Object.entries(options.thresholds ?? {})
    .filter(([, value]) => typeof value === "number")
    .map(([name, value]) => `${name} ${String(value)}`);
}

function windowName({ options }: DeclaredMonitor, minutes: number): string {
  const delay = options["evaluation_delay"];
  return `window ${minutes}m${typeof delay === "number" && delay > 0 ? ` after ${delay}s` : ""}`;
}

/** A count of nothing is 0 by default, which is a value as any other: no case of its own. */
function silence({ options }: DeclaredMonitor): readonly string[] {
  const { on_missing_data: policy, notify_no_data: notifies } = options;
  if (typeof policy === "string" && policy !== "default") return [policy];
  return notifies === true ? [`no data for ${String(options["no_data_timeframe"])}m`] : [];
}
