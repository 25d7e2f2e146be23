import type { Event, Group } from "../api/shapes.ts";
import type { Window } from "../time/range.ts";

/** A time in which a monitor or group was in one state; ms since 1970. */
export interface Span {
  readonly status: string;
  readonly from: number;
  readonly to: number;
}

/** What a notification says of the state from then on, by the first word of the event's title. */
const statusOfTitle: readonly (readonly [RegExp, string])[] = [
  [/^\[(?:Re-)?Triggered\b/, "Alert"],
  [/^\[(?:Re-)?Warn\b/, "Warn"],
  [/^\[(?:Re-)?No data\b/i, "No Data"],
  [/^\[Recovered\b/, "OK"],
];

/** The state that an event of a monitor announces; undefined where it announces none. */
export function statusOfEvent({ title }: Pick<Event, "title">): string | undefined {
  return statusOfTitle.find(([pattern]) => pattern.test(title))?.[1];
}

/** `host:a` of `[Triggered on host:a] name`; `*` where the monitor has no groups. */
export function groupOfEvent({ title }: Pick<Event, "title">): string {
  return /^\[[\w -]+? on ([^\]]+)\]/.exec(title)?.[1] ?? "*";
}

/**
 * The states of one group over a window, from the events of its notifications and its state now.
 * Before the first event the state is not known; a change without a notification (missing data,
 * where that is not notified) shows from the time that the group itself tells.
 */
export function historyOf(
  events: readonly Event[],
  group: Pick<Group, "name" | "status"> & Partial<Group>,
  { from, to }: Window,
  since?: number,
): readonly Span[] {
  const turns = events
    .filter((event) => groupOfEvent(event) === group.name)
    .flatMap((event) => {
      const status = statusOfEvent(event);
      return status === undefined ? [] : [{ at: event.date_happened * 1000, status }];
    })
    .toSorted((a, b) => a.at - b.at);
  const last = turns.at(-1);
  const isOther = last?.status !== group.status;
  const all = isOther ? [...turns, { at: since ?? last?.at ?? from, status: group.status }] : turns;
  const before = all.findLast(({ at }) => at <= from)?.status ?? "unknown";
  const inside = [{ at: from, status: before }, ...all.filter(({ at }) => at > from && at < to)];
  return merged(
    inside.map(({ at, status }, index) => ({ status, from: at, to: inside[index + 1]?.at ?? to })),
  );
}

function merged(spans: readonly Span[]): readonly Span[] {
  return spans.reduce<readonly Span[]>((done, span) => {
    const last = done.at(-1);
    return last?.status === span.status
      ? [...done.slice(0, -1), { ...last, to: span.to }]
      : [...done, span];
  }, []);
}
