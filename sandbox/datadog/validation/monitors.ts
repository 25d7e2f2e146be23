import { planOf } from "../evaluation/query/plan-of-query.ts";
import { whyNotBurnRate } from "./burn-alerts.ts";
import { type Comparator, readQuery, type QueryReading } from "./monitor-query.ts";
import type { MonitorOptions } from "../monitor-options.ts";
import type { Monitor, State } from "../state.ts";

/** What of a monitor the rules look at. */
export type Declared = Pick<Monitor, "type" | "query" | "priority" | "options">;

/** Datadog's limit of monitors in one composite. */
const mostMembers = 10;

/** What is wrong with a monitor beyond its shape; the first finding, as Datadog answers one. */
export function whyNotMonitor(state: State, declared: Declared): string | undefined {
  const reading = readQuery(declared.type, declared.query);
  return (
    whyNotQuery(state, reading) ??
    whyNotBurn(state, declared) ??
    whyNotThresholds(reading, declared.options) ??
    whyNotMissingData(declared.type, declared.options) ??
    whyNotPriority(declared.priority)
  );
}

function inQuery(why: string): string {
  return `The value provided for parameter 'query' is invalid: ${why}`;
}

function inOptions(why: string): string {
  return `The value provided for parameter 'options' is invalid: ${why}`;
}

function whyNotQuery(state: State, reading: QueryReading): string | undefined {
  switch (reading.kind) {
    case "invalid":
      return inQuery(reading.why);
    case "composite":
      return whyNotMembers(state, reading.ids);
    case "slo":
      return state.slos.some(({ id }) => id === reading.sloId)
        ? undefined
        : inQuery(`SLO ${JSON.stringify(reading.sloId)} does not exist`);
    case "threshold":
    case "check":
    case "unjudged":
      return undefined;
  }
}

function whyNotBurn({ slos }: State, { type, query }: Declared): string | undefined {
  const plan = planOf(type, query);
  if (plan.kind !== "slo") return undefined;
  const slo = slos.find(({ id }) => id === plan.slo);
  const why = slo && whyNotBurnRate(slo, plan);
  return why === undefined ? undefined : inQuery(why);
}

function whyNotMembers(state: State, ids: number[]): string | undefined {
  if (ids.length > mostMembers) {
    return inQuery(`a composite takes at most ${mostMembers} monitors, got ${ids.length}`);
  }
  const members = ids.map(
    (id) => [id, state.monitors.find((monitor) => monitor.id === id)] as const,
  );
  const missing = members.find(([, monitor]) => monitor === undefined);
  if (missing !== undefined) {
    return inQuery(`monitor ${missing[0]} does not exist`);
  }
  const nested = members.find(([, monitor]) => monitor?.type === "composite");
  return nested === undefined
    ? undefined
    : inQuery(`monitor ${nested[0]} is a composite itself: composites cannot be nested`);
}

function whyNotThresholds(reading: QueryReading, options: MonitorOptions): string | undefined {
  if (reading.kind !== "threshold" && reading.kind !== "slo") {
    return undefined;
  }
  const { critical, warning } = options.thresholds ?? {};
  const { comparator, threshold } = reading;
  if (typeof critical === "number" && critical !== threshold) {
    return inQuery(
      `its threshold ${threshold} and thresholds.critical ${critical} differ: make them equal`,
    );
  }
  return typeof warning === "number" ? whyNotWarning(comparator, threshold, warning) : undefined;
}

function whyNotWarning(
  comparator: Comparator,
  critical: number,
  warning: number,
): string | undefined {
  const alertsBelow = comparator.startsWith("<");
  const fits = alertsBelow ? warning > critical : warning < critical;
  const side = alertsBelow ? "above" : "below";
  return fits
    ? undefined
    : inOptions(`thresholds.warning ${warning} must be ${side} the critical ${critical}`);
}

const withoutMissingData = ["service check", "composite", "slo alert"];

function whyNotMissingData(type: string, options: MonitorOptions): string | undefined {
  const { on_missing_data: onMissingData, notify_no_data: notifyNoData } = options;
  if (typeof onMissingData !== "string") {
    return undefined;
  }
  if (withoutMissingData.includes(type)) {
    return inOptions(`on_missing_data does not go with a ${type}: use notify_no_data`);
  }
  return notifyNoData === true
    ? inOptions("on_missing_data and notify_no_data exclude each other: use one of them")
    : undefined;
}

function whyNotPriority(priority: number | null): string | undefined {
  return priority === null || (priority >= 1 && priority <= 5)
    ? undefined
    : `The value provided for parameter 'priority' is invalid: ${priority} is not 1 to 5`;
}

/** What deleting a monitor would break, as sentences; empty where nothing refers to it. */
export function monitorReferences(state: State, id: number): string[] {
  const monitor = state.monitors.find((candidate) => candidate.id === id);
  const subject = `monitor [${id},${monitor?.name ?? ""}]`;
  const composites = state.monitors.filter(({ type, query }) => {
    const reading = type === "composite" ? readQuery(type, query) : undefined;
    return reading?.kind === "composite" && reading.ids.includes(id);
  });
  const slos = state.slos.filter(({ monitor_ids: ids }) => ids?.includes(id) === true);
  return [
    ...list(`${subject} is referenced in composite monitors: `, composites),
    ...list(`${subject} is referenced in slos: `, slos),
  ];
}

/** The burn-rate and error-budget alerts on an SLO. */
export function sloAlerts(state: State, sloId: string): Monitor[] {
  return state.monitors.filter(({ type, query }) => {
    const reading = type === "slo alert" ? readQuery(type, query) : undefined;
    return reading?.kind === "slo" && reading.sloId === sloId;
  });
}

function list(start: string, referrers: { id: number | string; name: string }[]): string[] {
  const texts = referrers.map(({ id, name }) => `[${id},${name}]`);
  return texts.length === 0 ? [] : [start + texts.join(", ")];
}
