import type { Monitor } from "../state.ts";
import { findingsOf } from "./findings.ts";
import type { Sources } from "./data.ts";
import type { Finding } from "./group-state.ts";
import type { EvaluationState, MonitorState, Transition } from "./monitor-state.ts";
import { type Plan, planOf } from "./plan.ts";
import { policyOf } from "./policy.ts";
import { turn } from "./turn.ts";
import { evaluationMinutes } from "./windows.ts";

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
  const planned = monitors.map((monitor) => ({
    monitor,
    plan: planOf(monitor.type, monitor.query),
  }));
  const rank = ({ plan: { kind } }: { plan: Plan }) => ["slo", "composite"].indexOf(kind);
  for (const { monitor, plan } of planned.toSorted((a, b) => rank(a) - rank(b))) {
    const known = knownState(monitor, before[monitor.id], now);
    const policy = policyOf(plan, monitor.options);
    const findings = isDue(plan, known, now)
      ? await findingsOf({ plan, policy, known, sources, state, now })
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

function knownState(
  { query, options }: Evaluated,
  before: MonitorState | undefined,
  now: number,
): MonitorState {
  const of = JSON.stringify([query, options]);
  const fresh = { of, since: now, evaluated: 0, groups: {}, downtimes: [] };
  if (before?.of !== of) return fresh;
  const { since, evaluated, groups, downtimes } = before;
  return { of, since, evaluated, groups, downtimes };
}

function isDue(plan: Plan, { evaluated }: MonitorState, now: number): boolean {
  const minutes = "minutes" in plan ? evaluationMinutes(plan.minutes) : 1;
  return minutes === 1 || now - evaluated >= minutes * 60_000;
}
