import type { SloThreshold, State } from "../state.ts";

/** What a client declares of an SLO; its shape is checked before. */
export interface SloBody {
  name: string;
  type: string;
  description?: string | null;
  tags?: string[] | null;
  groups?: string[] | null;
  monitor_ids?: number[] | null;
  query?: { numerator: string; denominator: string } | null;
  sli_specification?: unknown;
  thresholds: SloThreshold[];
  timeframe?: string | null;
  target_threshold?: number | null;
  warning_threshold?: number | null;
}

/** What is wrong with an SLO beyond its shape. */
export function whyNotSlo(state: State, body: SloBody): string | undefined {
  return whyNotSource(state, body) ?? whyNotThresholds(body.thresholds) ?? whyNotPrimary(body);
}

function whyNotSource(state: State, body: SloBody): string | undefined {
  const { type, monitor_ids: ids, query, sli_specification: specification } = body;
  if (type === "monitor") {
    return whyNotMonitors(state, ids ?? []);
  }
  const given = [query, specification].filter((value) => value !== undefined && value !== null);
  if (type === "time_slice") {
    return specification ? undefined : "must specify sli_specification";
  }
  return given.length === 1 ? undefined : "must specify one of query and sli_specification";
}

function whyNotMonitors(state: State, ids: number[]): string | undefined {
  if (ids.length === 0) {
    return "must specify monitor_ids";
  }
  const missing = ids.filter((id) => !state.monitors.some((monitor) => monitor.id === id));
  return missing.length === 0 ? undefined : `monitor_ids do not exist: ${missing.join(", ")}`;
}

function whyNotThresholds(thresholds: SloThreshold[]): string | undefined {
  if (thresholds.length === 0) {
    return "must specify at least one threshold";
  }
  const frames = thresholds.map(({ timeframe }) => timeframe);
  const twice = frames.find((frame, index) => frames.indexOf(frame) !== index);
  if (twice !== undefined) {
    return `two thresholds for the time frame ${twice}`;
  }
  return thresholds.map(whyNotThreshold).find((why) => why !== undefined);
}

function whyNotThreshold({ timeframe, target, warning }: SloThreshold): string | undefined {
  if (target <= 0 || target >= 100) {
    return `the ${timeframe} target ${target} must lie between 0 and 100`;
  }
  return typeof warning === "number" && (warning <= target || warning >= 100)
    ? `the ${timeframe} warning ${warning} must lie between the target ${target} and 100`
    : undefined;
}

function whyNotPrimary(body: SloBody): string | undefined {
  const { timeframe, target_threshold: target, warning_threshold: warning, thresholds } = body;
  if (timeframe === undefined || timeframe === null) {
    return undefined;
  }
  const named = thresholds.find((threshold) => threshold.timeframe === timeframe);
  if (named === undefined) {
    return `timeframe ${timeframe} has no threshold`;
  }
  if (typeof target === "number" && target !== named.target) {
    return `target_threshold ${target} differs from the ${timeframe} target ${named.target}`;
  }
  return typeof warning === "number" && warning !== named.warning
    ? `warning_threshold ${warning} differs from the ${timeframe} warning ${named.warning ?? "(none)"}`
    : undefined;
}
