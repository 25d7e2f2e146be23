import type { Downtime } from "./burn-rate.ts";
import { advance, type Finding, type GroupState, newGroup, type Turn } from "./group-state.ts";
import { type MonitorState, overallStatus, type Transition } from "./monitor-state.ts";
import type { Policy } from "./policy.ts";
import { everything } from "./tag-filter.ts";

/** A group is dropped after so long without data. */
const retentionMs = 24 * 3_600_000;

/** SLO alerts look back two days at most. */
const historyMs = 48 * 3_600_000;

interface Circumstances {
  readonly policy: Policy;
  readonly now: number;
}

/** Takes every group of a monitor one evaluation further. */
export function turn(
  monitor: number,
  known: MonitorState,
  findings: ReadonlyMap<string, Finding>,
  { policy, now }: Circumstances,
): { state: MonitorState; transitions: Transition[] } {
  const groups: Record<string, GroupState> = { ...known.groups };
  const transitions: Transition[] = [];
  for (const [group, finding] of findings) {
    const before = groups[group] ?? newGroup(now);
    groups[group] = before;
    if (now - before.firstSeen < policy.newGroupSeconds * 1000) continue;
    if (isForgotten(group, before, now)) {
      Reflect.deleteProperty(groups, group);
      continue;
    }
    const turned = advance(before, finding, policy, now);
    groups[group] = turned.state;
    transitions.push(...transitionsOf({ monitor, group, at: now }, turned));
  }
  const next = { ...known, groups, evaluated: findings.size > 0 ? now : known.evaluated };
  return { state: { ...next, downtimes: downtimesOf(next, policy, now) }, transitions };
}

function isForgotten(group: string, { lastData, firstSeen }: GroupState, now: number): boolean {
  return group !== everything && now - (lastData ?? firstSeen) >= retentionMs;
}

function transitionsOf(
  where: Pick<Transition, "monitor" | "group" | "at">,
  { state, from, notification }: Turn,
): Transition[] {
  if (from === undefined && notification === undefined) return [];
  const { status: to, value } = state;
  const transition = { ...where, from: from ?? to, to };
  return [
    {
      ...transition,
      ...(value !== undefined && { value }),
      ...(notification !== undefined && { notification }),
    },
  ];
}

/**
 * https://docs.datadoghq.com/monitors/guide/on_missing_data/#slo-monitors: an alert is downtime, no
 * data only where it is notified of.
 */
function downtimesOf(state: MonitorState, { missing }: Policy, now: number): readonly Downtime[] {
  const status = overallStatus(state);
  const notifies = missing.kind === "No Data" && missing.notify;
  const hadData = Object.values(state.groups).some(({ lastData }) => lastData !== undefined);
  const isDown = status === "Alert" || (status === "No Data" && notifies && hadData);
  const kept = state.downtimes.filter(({ to = now }) => to > now - historyMs);
  const open = kept.findIndex(({ to }) => to === undefined);
  if (isDown) return open < 0 ? [...kept, { from: now }] : kept;
  return kept.map((downtime, index) => (index === open ? { ...downtime, to: now } : downtime));
}
