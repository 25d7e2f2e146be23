import { evaluate, type Evaluated } from "../../sandbox/datadog/evaluation/evaluate.ts";
import {
  type EvaluationState,
  overallStatus,
} from "../../sandbox/datadog/evaluation/state/monitor-state.ts";
import type { Slo } from "../../sandbox/datadog/state.ts";
import { type History, historySources } from "./history.ts";

/** A monitor to try, of whatever stack. */
export interface TriedMonitor extends Evaluated {
  readonly name: string;
}

/** What is tried: monitors, and the SLOs that their burn alerts are about. */
export interface Tried {
  readonly monitors: readonly TriedMonitor[];

  /** Absent: those of the history. */
  readonly slos?: readonly Slo[];
}

/** A piece of time in which a monitor had one status. */
interface Interval {
  readonly status: string;

  /** ISO 8601. */
  readonly from: string;
  readonly minutes: number;
}

/** What one monitor would have done. */
export interface Backtested {
  readonly name: string;
  readonly intervals: readonly Interval[];

  /** Minutes by status. */
  readonly minutes: Readonly<Record<string, number>>;

  /** Why it was not evaluated; absent where it was. */
  readonly why?: string;
}

/** Datadog evaluates once a minute. */
const stepMs = 60_000;

/** Runs monitors over a time that is over: the same monitors and the same data give the same. */
export async function backtest({ monitors, slos }: Tried, history: History): Promise<Backtested[]> {
  const sources = historySources({ ...history, ...(slos && { slos }) });
  const statuses = new Map<number, { at: number; status: string }[]>();
  let state: EvaluationState = {};
  for (let now = firstStep(history); now <= history.to; now += stepMs) {
    ({ state } = await evaluate(monitors, sources, state, now));
    if (now < history.from) continue;
    for (const { id } of monitors) {
      const known = state[id];
      if (known === undefined) continue;
      const list = statuses.get(id) ?? [];
      list.push({ at: now, status: overallStatus(known) });
      statuses.set(id, list);
    }
  }
  return monitors
    .map((monitor) => backtested(monitor, statuses.get(monitor.id) ?? [], state[monitor.id]?.why))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** The first minute of the data, so that one of the steps is at the begin of what is asked about. */
function firstStep({ begins, from }: History): number {
  return from - Math.floor((from - begins) / stepMs) * stepMs;
}

function backtested(
  { name }: TriedMonitor,
  seen: readonly { readonly at: number; readonly status: string }[],
  why: string | undefined,
): Backtested {
  if (why !== undefined) return { name, intervals: [], minutes: {}, why };
  const intervals: { status: string; from: string; minutes: number }[] = [];
  const minutes: Record<string, number> = {};
  for (const { at, status } of seen) {
    const last = intervals.at(-1);
    if (last?.status === status) last.minutes += 1;
    else intervals.push({ status, from: new Date(at).toISOString(), minutes: 1 });
    minutes[status] = (minutes[status] ?? 0) + 1;
  }
  return { name, intervals, minutes };
}

/** How a monitor differs between two backtests; empty where it does the same. */
export function differences(before: readonly Backtested[], after: readonly Backtested[]): string[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))].sort();
  return names.flatMap((name) => {
    const [old, now] = [before, after].map((list) => list.find((one) => one.name === name));
    if (old === undefined) return [`${name}: it is new: ${courseOf(now)}`];
    if (now === undefined) return [`${name}: it is gone; it was ${courseOf(old)}`];
    const [was, is] = [courseOf(old), courseOf(now)];
    return was === is ? [] : [`${name}: was ${was}, is ${is}`];
  });
}

/** The statuses of a monitor in words: `OK 3 min, Alert 5 min`. */
export function courseOf(one: Backtested | undefined): string {
  if (one?.why !== undefined) return `not evaluated: ${one.why}`;
  const parts = (one?.intervals ?? []).map(({ status, minutes }) => `${status} ${minutes} min`);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}
