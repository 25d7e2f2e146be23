import type { MonitorOptions } from "../../monitor-options.ts";
import type { CheckThresholds } from "../values/check-status.ts";
import type { SyntheticsRule } from "../values/synthetics-status.ts";
import type { Status } from "./composite.ts";
import type { Plan } from "../query/plan.ts";
import type { Thresholds } from "./threshold.ts";

/** What an evaluation without data does to a group. */
type MissingData =
  | { readonly kind: "zero" }
  | { readonly kind: "last known" }
  | { readonly kind: "OK" }
  | { readonly kind: "No Data"; readonly notify: boolean; readonly afterMinutes: number };

/** The options of a monitor that decide over its states, with Datadog's defaults. */
export interface Policy {
  readonly missing: MissingData;
  readonly delaySeconds: number;
  readonly fullWindow: boolean;
  /** How long a new group is left alone; of grouped monitors only. */
  readonly newGroupSeconds: number;
  /** A group is dropped after so long without data. */
  readonly retentionHours: number;
  readonly renotify: Renotify | undefined;
  readonly checkThresholds: CheckThresholds;
  readonly synthetics: SyntheticsRule;
  /** Besides the critical threshold, which stands in the query. */
  readonly thresholds: Omit<Thresholds, "comparator" | "critical">;
}

interface Renotify {
  readonly minutes: number;
  /** Absent: as long as the state lasts. */
  readonly times: number | undefined;
  readonly statuses: readonly Status[];
}

/** Reads the options that the evaluation understands. */
export function policyOf(plan: Plan, options: MonitorOptions): Policy {
  const { critical, warning, ...others } = options.thresholds ?? {};
  const { ok, critical_recovery: criticalRecovery, warning_recovery: warningRecovery } = others;
  return {
    missing: missingData(plan, options),
    // Of metric monitors only: https://docs.datadoghq.com/monitors/configuration/#evaluation-delay
    delaySeconds: plan.kind === "metric" ? (numberOf(options, "evaluation_delay") ?? 0) : 0,
    fullWindow: plan.kind === "metric" && options["require_full_window"] !== false,
    newGroupSeconds: newGroupSeconds(plan, options),
    // https://docs.datadoghq.com/monitors/guide/troubleshooting-no-data/
    retentionHours: plan.kind === "check" ? 48 : 24,
    renotify: renotifyOf(options),
    checkThresholds: { critical: critical ?? 1, warning: warning ?? 1, ok: ok ?? 1 },
    synthetics: syntheticsRule(options),
    thresholds: { warning, criticalRecovery, warningRecovery },
  };
}

function syntheticsRule(options: MonitorOptions): SyntheticsRule {
  return {
    failingSeconds: numberOf(options, "min_failure_duration") ?? 0,
    locations: numberOf(options, "min_location_failed") ?? 1,
  };
}

const missingDataOptions: Partial<Record<string, MissingData>> = {
  show_no_data: { kind: "No Data", notify: false, afterMinutes: 0 },
  show_and_notify_no_data: { kind: "No Data", notify: true, afterMinutes: 0 },
  resolve: { kind: "OK" },
};

/**
 * https://docs.datadoghq.com/monitors/configuration/#no-data and, for the older pair of options,
 * https://docs.datadoghq.com/monitors/guide/troubleshooting-monitor-alerts/#sparse-metrics
 */
function missingData(plan: Plan, options: MonitorOptions): MissingData {
  const chosen = missingDataOptions[options.on_missing_data ?? ""];
  if (chosen !== undefined) return chosen;
  // The older pair is not of log monitors: without the option they count no lines as 0.
  if (options.on_missing_data === "default" || plan.kind === "log") return defaultOf(plan);
  if (options.notify_no_data !== true) return { kind: "last known" };
  const afterMinutes = numberOf(options, "no_data_timeframe") ?? defaultNoDataMinutes(plan);
  return { kind: "No Data", notify: true, afterMinutes };
}

function defaultOf(plan: Plan): MissingData {
  const counts =
    (plan.kind === "metric" && plan.counts) ||
    (plan.kind === "log" && plan.measure.kind !== "measure");
  return { kind: counts ? "zero" : "last known" };
}

/** Twice the window of a metric, a day of a check: the description of `no_data_timeframe`. */
function defaultNoDataMinutes(plan: Plan): number {
  if (plan.kind === "metric") return 2 * plan.minutes;
  return plan.kind === "check" ? 1440 : 0;
}

/** https://docs.datadoghq.com/monitors/configuration/#new-group-delay */
function newGroupSeconds(plan: Plan, options: MonitorOptions): number {
  const by = "by" in plan ? plan.by : [];
  if (by.length === 0) return 0;
  const ofHosts = by.includes("host") ? numberOf(options, "new_host_delay") : undefined;
  return numberOf(options, "new_group_delay") ?? ofHosts ?? 60;
}

const statusNames: Partial<Record<string, Status>> = {
  alert: "Alert",
  warn: "Warn",
  "no data": "No Data",
};

/** https://docs.datadoghq.com/monitors/notify/#renotify */
function renotifyOf(options: MonitorOptions): Renotify | undefined {
  const minutes = numberOf(options, "renotify_interval") ?? 0;
  if (minutes === 0) return undefined;
  const given = options["renotify_statuses"];
  const names = Array.isArray(given) && given.length > 0 ? given : ["alert", "no data"];
  return {
    minutes,
    times: numberOf(options, "renotify_occurrences"),
    statuses: names.flatMap((name) => statusNames[String(name)] ?? []),
  };
}

function numberOf(options: MonitorOptions, name: string): number | undefined {
  const value = options[name];
  return typeof value === "number" ? value : undefined;
}
