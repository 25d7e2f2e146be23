import type { Monitor } from "../state.ts";
import { findingsOf, type Moment } from "./evaluate-groups.ts";
import type { Sources } from "./values/data.ts";
import type { Finding } from "./state/group-state.ts";
import type { EvaluationState, MonitorState, Transition } from "./state/monitor-state.ts";
import type { Plan } from "./query/plan.ts";
import { planOf } from "./query/plan-of-query.ts";
import { type Policy, policyOf } from "./state/monitor-options.ts";
import { turn } from "./state/next-state.ts";
import { evaluationMinutes } from "./query/windows.ts";

/** What of a monitor decides over its states. */
export type Evaluated = Pick<Monitor, "id" | "type" | "query" | "options">;

export interface Evaluation {
  readonly state: EvaluationState;
  readonly transitions: readonly Transition[];
}

/** Evaluates every monitor at one moment, composites after their members. */
export async function evaluate(
  monitors: readonly Evaluated[],
  sources: Sources,
  before: EvaluationState,
  now: number,
): Promise<Evaluation> {
  const state: Record<string, MonitorState> = {};
  const transitions: Transition[] = [];
  const prepared = monitors.map(prepare).sort((a, b) => rank(a) - rank(b));
  for (const { monitor, plan, policy, of } of prepared) {
    const known = knownState(of, before[monitor.id], now);
    const findings = isDue(plan, known, now)
      ? await findingsOrWhy({ monitor: monitor.id, plan, policy, known, sources, state, now })
      : new Map<string, Finding>();
    const turned =
      typeof findings === "string"
        ? { state: { ...known, why: findings }, transitions: [] }
        : turn(monitor.id, known, findings, { policy, now });
    state[monitor.id] = turned.state;
    transitions.push(...turned.transitions);
  }
  return { state, transitions };
}

/** One monitor that cannot be evaluated keeps none of the others from it. */
async function findingsOrWhy(moment: Moment): Promise<ReadonlyMap<string, Finding> | string> {
  try {
    return await findingsOf(moment);
  } catch (error) {
    return (error as Error).message;
  }
}

/** A monitor with what its query and options mean. */
interface Prepared {
  readonly monitor: Evaluated;
  readonly plan: Plan;
  readonly policy: Policy;
  readonly of: string;
}

// Monitors are replaced, never changed: what is read of one stays true.
const preparations = new WeakMap<Evaluated, Prepared>();

function prepare(monitor: Evaluated): Prepared {
  const known = preparations.get(monitor);
  if (known !== undefined) return known;
  const { type, query, options } = monitor;
  const plan = planOf(type, query);
  const of = JSON.stringify([query, options]);
  const prepared = { monitor, plan, policy: policyOf(plan, options), of };
  preparations.set(monitor, prepared);
  return prepared;
}

function rank({ plan }: Prepared): number {
  return ["slo", "composite"].indexOf(plan.kind);
}

function knownState(of: string, before: MonitorState | undefined, now: number): MonitorState {
  const fresh = { of, since: now, evaluated: 0, groups: {}, downtimes: [] };
  if (before?.of !== of) return fresh;
  const { since, evaluated, groups, newcomers = {}, downtimes } = before;
  return { of, since, evaluated, groups, newcomers, downtimes };
}

function isDue(plan: Plan, { evaluated }: MonitorState, now: number): boolean {
  const minutes = "minutes" in plan ? evaluationMinutes(plan.minutes) : 1;
  return minutes === 1 || now - evaluated >= minutes * 60_000;
}
