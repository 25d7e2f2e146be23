import { seconds } from "../evaluation/state/evaluated-state.ts";
import type { Answer, Call } from "../http/handler.ts";
import type { State } from "../state.ts";
import {
  classOf,
  groupsOf,
  pageOfMonitors,
  type Stated,
  stated,
  testsOf,
} from "./monitor-terms.ts";

/** A search for monitors, by what they are and the state that they are in. */
export function searchMonitors(state: State, call: Call): Answer {
  const tests = testsOf(call.query["query"] ?? "");
  const found = state.monitors
    .map((monitor) => stated(state, monitor))
    .filter((monitor) => tests.every((test) => test(monitor)));
  const { shown, counts, paging } = pageOfMonitors(found, call);
  const metadata = { ...paging, page_count: Math.ceil(found.length / paging.per_page) };
  return { body: { monitors: shown.map(summary), counts, metadata } };
}

/** A search for the groups of monitors: the status is that of the group. */
export function searchMonitorGroups(state: State, call: Call): Answer {
  const tests = testsOf(call.query["query"] ?? "");
  const found = state.monitors
    .flatMap((monitor) => groupsOf(state, monitor))
    .filter((group) => tests.every((test) => test(group)));
  const { shown, counts, paging } = pageOfMonitors(found, call);
  const metadata = { ...paging, page_count: Math.ceil(found.length / paging.per_page) };
  const groups = shown.map((one) => groupSummary(one, state));
  return { body: { groups, counts, metadata } };
}

function groupSummary({ group = "*", ...monitor }: Stated, state: State): unknown {
  const { lastNoData } = state.evaluation.monitors[monitor.id]?.groups[group] ?? {};
  const tags = group === "*" ? ["total"] : group.split(",");
  return {
    monitor_id: monitor.id,
    monitor_name: monitor.name,
    group: group === "*" ? "total" : group,
    group_tags: tags,
    status: monitor.overall_state,
    priority: monitor.priority,
    last_triggered_ts: seconds(monitor.triggered) ?? 0,
    last_nodata_ts: seconds(lastNoData) ?? 0,
    muted: false,
    muted_until_ts: null,
    muted_remaining: null,
    downtimes: [],
    all_tags: monitor.tags,
    env_tags: monitor.tags.filter((tag) => tag.startsWith("env:")),
    team_tags: monitor.tags.filter((tag) => tag.startsWith("team:")),
  };
}

function summary(monitor: Stated): unknown {
  const { id, name, query, type, tags, priority, restricted_roles: roles } = monitor;
  return {
    ...{ id, name, query, type, tags, priority, restricted_roles: roles ?? [] },
    status: monitor.overall_state,
    classification: classOf(monitor),
    creator: { id: 1, name: "Datadog stand-in", handle: "stand-in@sandbox.invalid" },
    scopes: /\{([^{}]*)\}/.exec(query)?.[1]?.split(",") ?? [],
    metrics: query.match(/[\w.]+(?=\{)/g) ?? [],
    notifications: (monitor.message.match(/@[\w.@-]+/g) ?? []).map((handle) => ({
      handle: handle.slice(1),
      name: handle.slice(1),
    })),
    last_triggered_ts: seconds(monitor.triggered),
    muted_until_ts: null,
    overall_state_modified: monitor.overall_state_modified,
    org_id: 1,
  };
}
