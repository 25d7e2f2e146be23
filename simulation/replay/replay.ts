import { membersOf } from "../../sandbox/datadog/evaluation/state/composite.ts";
import { evaluate } from "../../sandbox/datadog/evaluation/evaluate.ts";
import type {
  EvaluationState,
  Transition,
} from "../../sandbox/datadog/evaluation/state/monitor-state.ts";
import { planOf } from "../../sandbox/datadog/evaluation/query/plan-of-query.ts";
import type { DeclaredMonitor } from "../declared/declared.ts";
import type { Recording } from "./recording.ts";
import { startOf } from "../timeline/timeline.ts";

/** What the monitors did in a scenario. */
export interface Replayed {
  /** Transitions of each monitor by its key, in order. */
  readonly transitions: ReadonlyMap<string, readonly Transition[]>;
  /** Why monitors were not evaluated, by key. */
  readonly notEvaluated: ReadonlyMap<string, string>;
}

/** A monitor with those that it is made of. */
export function withMembers(
  monitor: DeclaredMonitor,
  monitors: readonly DeclaredMonitor[],
): readonly DeclaredMonitor[] {
  const plan = planOf(monitor.type, monitor.query);
  const members = plan.kind === "composite" ? membersOf(plan.tree) : (monitor.downtimeOf ?? []);
  return [...monitors.filter(({ id }) => members.includes(id)), monitor];
}

/** Evaluates the monitors once a minute, from the start of the scenario to its end. */
export async function replay(
  monitors: readonly DeclaredMonitor[],
  recording: Recording,
): Promise<Replayed> {
  const start = startOf(recording.scenario);
  const transitions = new Map<string, Transition[]>(monitors.map(({ key }) => [key, []]));
  const keys = new Map(monitors.map(({ id, key }) => [id, key]));
  let state: EvaluationState = {};
  for (let now = start; now <= start + recording.scenario.lasts; now += 60_000) {
    const evaluation = await evaluate(monitors, recording.sourcesAt(now), state, now);
    state = now === start ? watchedBefore(evaluation.state, recording) : evaluation.state;
    for (const turn of evaluation.transitions) {
      transitions.get(keys.get(turn.monitor) ?? "")?.push(turn);
    }
  }
  const notEvaluated = monitors.flatMap(({ id, key }) => {
    const why = state[id]?.why;
    return why === undefined ? [] : [[key, why] as const];
  });
  return { transitions, notEvaluated: new Map(notEvaluated) };
}

/** The monitors of a shop that was used before were up all that time, which their SLOs count. */
function watchedBefore(state: EvaluationState, { scenario }: Recording): EvaluationState {
  const { lasts } = scenario.history ?? { lasts: 0 };
  const moved = Object.entries(state).map(
    ([id, one]) => [id, { ...one, since: one.since - lasts }] as const,
  );
  return Object.fromEntries(moved);
}

/**
 * Changes of status as `<minute> <status>` and, of a grouped monitor, the group. The first turn to
 * OK is left out: it only says that the monitor is new.
 */
export function changes(turns: readonly Transition[], start: number): readonly string[] {
  const begun = new Set<string>();
  return turns
    .filter(({ group, from, to }) => {
      const isFirst = !begun.has(group);
      begun.add(group);
      return from !== to && !(isFirst && to === "OK");
    })
    .map(({ at, to, group }) => {
      return `${(at - start) / 60_000} ${to}${group === "*" ? "" : ` ${group}`}`;
    });
}
