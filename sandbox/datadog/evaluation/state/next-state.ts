import type { Downtime } from "../values/burn-rate.ts";
import { advance, type Finding, type GroupState, newGroup, type Turn } from "./group-state.ts";
import { type MonitorState, overallStatus, type Transition } from "./monitor-state.ts";
import type { Policy } from "./monitor-options.ts";
import { everything } from "../query/tag-filter.ts";

/** The longest time frame of an SLO. */
const historyMs = 90 * 24 * 3_600_000;

/** A monitor that flaps has no more; the oldest go first. */
const mostDowntimes = 1000;

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
  const newcomers = recent(known.newcomers ?? {}, { policy, now });
  const transitions: Transition[] = [];
  for (const [group, finding] of findings) {
    const before = groups[group] ?? newGroup(newcomers[group] ?? now);
    if (now - before.firstSeen < policy.newGroupSeconds * 1000) {
      newcomers[group] = before.firstSeen;
      continue;
    }
    Reflect.deleteProperty(newcomers, group);
    if (isForgotten(group, before, { policy, now })) {
      Reflect.deleteProperty(groups, group);
      continue;
    }
    const turned = advance(before, finding, policy, now);
    groups[group] = turned.state;
    transitions.push(...transitionsOf({ monitor, group, at: now }, turned));
  }
  const next = {
    ...known,
    groups,
    newcomers,
    evaluated: findings.size > 0 ? now : known.evaluated,
  };
  return { state: { ...next, downtimes: downtimesOf(next, policy, now) }, transitions };
}

function recent(
  newcomers: Readonly<Record<string, number>>,
  { policy, now }: Circumstances,
): Record<string, number> {
  const all = Object.entries(newcomers);
  return Object.fromEntries(
    all.filter(([, seen]) => hoursSince(seen, now) < policy.retentionHours),
  );
}

function isForgotten(
  group: string,
  { lastData, firstSeen }: GroupState,
  { policy, now }: Circumstances,
): boolean {
  return group !== everything && hoursSince(lastData ?? firstSeen, now) >= policy.retentionHours;
}

function hoursSince(then: number, now: number): number {
  return (now - then) / 3_600_000;
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
  const kept = state.downtimes.filter(({ to = now }) => to > now - historyMs).slice(-mostDowntimes);
  const open = kept.findIndex(({ to }) => to === undefined);
  if (isDown) return open < 0 ? [...kept, { from: now }] : kept;
  return kept.map((downtime, index) => (index === open ? { ...downtime, to: now } : downtime));
}
