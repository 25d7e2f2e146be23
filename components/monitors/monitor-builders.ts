import { type Comparison, metricQuery } from "../datadog/queries.ts";
import type {
  Condition,
  Member,
  MessageParts,
  MonitorDefinition,
  Thresholds,
} from "./monitor-definition.ts";
import type { BurnRate } from "./slos.ts";

/** What every row of the tables says: the monitor, and the sentences of its message. */
type Row = Omit<MonitorDefinition, "condition" | "message" | "minutes"> & MessageParts;

/** What a row adds to its comparison, whose number is the critical threshold. */
interface Alerting {
  /** Thresholds beside the critical one. */
  readonly thresholds?: Omit<Thresholds, "critical" | "ok">;

  /** Seconds that the window is held back, so that slower signals are there too. */
  readonly delay?: number;
}

/** Minutes that the member of a composite looks back at most: a spec holds it against all members. */
const longestMember = 16;

/** A member that must alert. */
export const alerting = (key: string): Member => ({ key, alerts: true });

/** A member that must not alert. */
export const quiet = (key: string): Member => ({ key, alerts: false });

/** A monitor that compares a metric, reduced over its window, with a number. */
export function metricMonitor(
  row: Row & Alerting & { readonly metric: string; readonly alertWhen: Comparison },
): MonitorDefinition {
  const { metric, alertWhen, thresholds, delay, ...rest } = row;
  const query = metricQuery(metric, alertWhen);
  return monitor(rest, alertWhen.minutes + Math.ceil((delay ?? 0) / 60), {
    type: "metric alert",
    query,
    thresholds: { critical: alertWhen.threshold, ...thresholds },
    ...(delay !== undefined && { delay }),
  });
}

/** A monitor that alerts while all of its members are as they are listed. */
export function compositeMonitor(
  row: Row & { readonly members: readonly Member[] },
): MonitorDefinition {
  const { members, ...rest } = row;
  return monitor(rest, longestMember, { type: "composite", members });
}

/** A monitor of how fast an error budget is used up. */
export function burnRateMonitor(row: Row & { readonly burn: BurnRate }): MonitorDefinition {
  const { burn, ...rest } = row;
  return monitor(rest, burn.long === "1h" ? 60 : 360, { type: "slo alert", burn });
}

/** A monitor of the state that an agent reports of itself. */
export function serviceCheckMonitor(
  row: Row & { readonly query: string; readonly thresholds: Thresholds },
): MonitorDefinition {
  const { query, thresholds, ...rest } = row;
  // Two checks, a minute apart, make its state.
  return monitor(rest, 2, { type: "service check", query, thresholds });
}

function monitor(row: Row, minutes: number, condition: Condition): MonitorDefinition {
  const { alert, warning, recovery, noDataText, check, logs, dashboard, ...definition } = row;
  const message = {
    alert,
    ...(warning !== undefined && { warning }),
    recovery,
    ...(noDataText !== undefined && { noDataText }),
    check,
    logs,
    dashboard,
  };
  return { ...definition, condition, minutes, message };
}
