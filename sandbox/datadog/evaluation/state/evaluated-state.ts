import { giveId } from "../../ids.ts";
import type { Event, Monitor, State } from "../../state.ts";
import type { Evaluation } from "../evaluate.ts";
import type { Notification } from "./group-state.ts";
import { planOf } from "../query/plan-of-query.ts";
import { overallStatus, type MonitorState, type Transition } from "./monitor-state.ts";

/** Transitions that are kept; older ones are deleted. */
const mostTransitions = 2000;

/** The state with what an evaluation found; monitors that were deleted meanwhile are forgotten. */
export function afterEvaluation(state: State, { state: found, transitions }: Evaluation): State {
  const byId = new Map(state.monitors.map((monitor) => [monitor.id, monitor]));
  const kept = Object.entries(found).filter(([id]) => byId.has(Number(id)));
  const turns = transitions.filter(({ monitor }) => byId.has(monitor));
  const evaluation = {
    monitors: Object.fromEntries(kept),
    transitions: [...state.evaluation.transitions, ...turns].slice(-mostTransitions),
  };
  return turns.reduce<State>((next, turn) => withEvent(next, turn, byId.get(turn.monitor)), {
    ...state,
    evaluation,
  });
}

/** Datadog puts an event into its stream for each notification. */
function withEvent(state: State, turn: Transition, monitor: Monitor | undefined): State {
  const { notification } = turn;
  if (notification === undefined || monitor === undefined) return state;
  const given = giveId(state);
  const { title, alertType } = eventWords[notification];
  const group = turn.group === "*" ? "" : ` on ${turn.group}`;
  const event: Event = {
    id: given.number,
    title: `[${title}${group}] ${monitor.name}`,
    text: monitor.message,
    date_happened: Math.floor(turn.at / 1000),
    tags: [...monitor.tags, "source:monitor", `monitor_id:${monitor.id}`],
    priority: "normal",
    alert_type: alertType,
    source_type_name: "Monitor Alert",
    monitor_id: monitor.id,
  };
  return { ...given.state, events: [...state.events, event] };
}

const eventWords: Readonly<Record<Notification, { title: string; alertType: string }>> = {
  triggered: { title: "Triggered", alertType: "error" },
  warned: { title: "Warn", alertType: "warning" },
  "no data": { title: "No data", alertType: "error" },
  recovered: { title: "Recovered", alertType: "success" },
  reminder: { title: "Re-Triggered", alertType: "error" },
};

/** What the API shows of a monitor's state. */
export interface ShownStatus {
  readonly overall_state: ReturnType<typeof overallStatus>;
  /** ISO 8601; null as long as it was never evaluated. */
  readonly overall_state_modified: string | null;
}

export function shownStatus(state: State, id: number): ShownStatus {
  const known = state.evaluation.monitors[id];
  if (known === undefined) return { overall_state: "No Data", overall_state_modified: null };
  const overall = overallStatus(known);
  const since = Object.values(known.groups)
    .filter(({ status }) => status === overall)
    .map((group) => group.since);
  const modified = since.length === 0 ? null : new Date(Math.min(...since)).toISOString();
  return { overall_state: overall, overall_state_modified: modified };
}

/** The groups of a monitor as `group_states` asks for them: times in seconds. */
export function shownGroups(known: MonitorState | undefined, wanted: readonly string[]): unknown {
  const groups = Object.entries(known?.groups ?? {})
    .filter(([, { status }]) => wanted.includes("all") || wanted.includes(status.toLowerCase()))
    .map(([name, group]) => [
      name,
      {
        name,
        status: group.status,
        last_triggered_ts: seconds(group.lastTriggered),
        last_nodata_ts: seconds(group.lastNoData),
        last_notified_ts: seconds(group.lastNotified),
        last_resolved_ts: seconds(group.lastResolved),
      },
    ]);
  return { groups: Object.fromEntries(groups) as unknown };
}

export function seconds(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.floor(ms / 1000);
}

/** Why a monitor is not evaluated; undefined where it is. */
export function whyNotEvaluated(
  state: State,
  { id, type, query }: Pick<Monitor, "id" | "type" | "query">,
): string | undefined {
  const plan = planOf(type, query);
  return plan.kind === "not evaluated" ? plan.why : state.evaluation.monitors[id]?.why;
}
