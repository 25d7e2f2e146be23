import type {
  CheckRun,
  FoundLog,
  Series,
  SloFacts,
  Sources,
} from "../../../../sandbox/datadog/evaluation/values/data.ts";
import { evaluate, type Evaluated } from "../../../../sandbox/datadog/evaluation/evaluate.ts";
import {
  type EvaluationState,
  overallStatus,
  type Transition,
} from "../../../../sandbox/datadog/evaluation/state/monitor-state.ts";

export const start = Date.UTC(2027, 0, 5, 10);
export const at = (minute: number) => start + minute * 60_000;

/** Data of a test; minutes are counted from the start. */
export interface Data {
  readonly series?: Readonly<Record<string, readonly Series[]>>;
  readonly logs?: readonly FoundLog[];
  readonly checks?: readonly CheckRun[];
  readonly slos?: Readonly<Record<string, SloFacts>>;
}

export function monitor(
  id: number,
  type: string,
  query: string,
  options: Evaluated["options"] = {},
): Evaluated {
  return { id, type, query, options: { require_full_window: false, ...options } };
}

/** A gauge or a count by the minute; minutes that are left out have no point. */
export function series(
  values: Readonly<Record<number, number>>,
  tags: readonly string[] = [],
  kind: Series["kind"] = "gauge",
): Series {
  const points = Object.entries(values).map(([minute, value]) => {
    return { at: at(Number(minute)), value };
  });
  return { kind, tags, points };
}

export function log(minute: number, attributes: Readonly<Record<string, unknown>> = {}): FoundLog {
  return { at: at(minute), valueOf: (path) => attributes[path] };
}

export function run(
  minute: number,
  status: CheckRun["status"],
  tags: readonly string[] = [],
): CheckRun {
  return { at: at(minute), tags, status };
}

function sources(data: Data): Sources {
  const within = <T extends { at: number }>(all: readonly T[], from: number, to: number) =>
    all.filter((one) => one.at > from && one.at <= to);
  return {
    series: (metric) => data.series?.[metric] ?? [],
    logs: (_, { from, to }) => within(data.logs ?? [], from, to),
    checks: (_, { from, to }) => within(data.checks ?? [], from, to),
    slo: (id) => data.slos?.[id],
  };
}

export interface Replay {
  readonly state: EvaluationState;
  readonly transitions: readonly Transition[];
  /** Status of a monitor after each minute, the start included. */
  readonly statuses: (id: number) => readonly string[];
  /** `minute status` and the message of each transition of a monitor. */
  readonly turns: (id: number) => readonly string[];
}

/** Evaluates from the start to the last minute, once a minute. */
export async function replay(
  monitors: readonly Evaluated[],
  data: Data,
  last: number,
): Promise<Replay> {
  let state: EvaluationState = {};
  const transitions: Transition[] = [];
  const statuses = new Map<number, string[]>(monitors.map(({ id }) => [id, []]));
  for (let minute = 0; minute <= last; minute += 1) {
    const result = await evaluate(monitors, sources(data), state, at(minute));
    state = JSON.parse(JSON.stringify(result.state)) as EvaluationState;
    transitions.push(...result.transitions);
    for (const { id } of monitors) {
      const known = state[id];
      statuses.get(id)?.push(known === undefined ? "?" : (known.why ?? overallStatus(known)));
    }
  }
  return {
    state,
    transitions,
    statuses: (id) => statuses.get(id) ?? [],
    turns: (id) =>
      transitions
        .filter((turn) => turn.monitor === id)
        .map(({ at: when, to, group, notification }) => {
          const where = group === "*" ? "" : ` ${group}`;
          return `${(when - start) / 60_000} ${to}${where}${notification ? ` ${notification}` : ""}`;
        }),
  };
}

/** A point each minute up to a minute, with one value. */
export function steady(value: number, from: number, to: number): Record<number, number> {
  const minutes = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return Object.fromEntries(minutes.map((minute) => [minute, value]));
}

/** A monitor of a metric that should not be 0. */
export const down = (options = {}) =>
  monitor(1, "metric alert", "max(last_2m):max:a{*} < 1", options);
