import { foundLog } from "../../evaluation/values/live-sources.ts";
import { groupName, measuredValues } from "../../evaluation/values/log-value.ts";
import type { LogPlan } from "../../evaluation/query/plan.ts";
import { parseSearch } from "../../search/parse.ts";
import { type Predicate, predicateOf } from "../../search/predicate.ts";
import type { LogEvent } from "../log-event.ts";
import { firstAfter } from "./sorted.ts";

/** What a log monitor makes of the lines that its search finds. */
export type Measure = Pick<LogPlan, "search" | "by" | "measure">;

/** Lines of log monitors, counted as they arrive, so that no evaluation reads the store. */
export interface LogCounters {
  /** Lines that the store has taken. */
  add(events: readonly LogEvent[]): void;
  /**
   * Value of each group of the lines after `from` and up to `to`. The first time for a measure reads
   * the store.
   *
   * @throws SearchError where the search is not understood
   */
  measured(measure: Measure, from: number, to: number): ReadonlyMap<string, number>;
  /** Forgets all, as what was added may not be there any more. */
  forget(): void;
}

/** The lines in the store after a moment that a search finds, oldest first. */
type Stored = (search: string, after: number) => Iterable<LogEvent>;

export function createLogCounters(stored: Stored): LogCounters {
  const counters = new Map<string, Counter>();
  return {
    add: (events) => {
      for (const [key, counter] of counters) {
        const newest = events.at(-1)?.timestamp ?? 0;
        if (newest - counter.askedFor > unusedMs) counters.delete(key);
        else for (const event of events) take(counter, event);
      }
    },
    measured: (measure, from, to) => {
      const key = JSON.stringify([measure.search, measure.by, measure.measure, to - from]);
      const known = counters.get(key);
      const counter =
        known !== undefined && known.since <= from ? known : counted(measure, from, stored);
      counters.set(key, counter);
      counter.askedFor = to;
      dropBefore(counter, from);
      return valuesOf(counter, from, to);
    },
    forget: () => {
      counters.clear();
    },
  };
}

/** A monitor is evaluated every minute: what was not asked for so long is of none any more. */
const unusedMs = 15 * 60_000;

interface Lines {
  /** Milliseconds, in order. */
  readonly at: number[];
  /** What the measure needs of each line; empty where lines are counted. */
  readonly values: unknown[];
}

interface Counter {
  readonly measure: Measure;
  readonly matches: Predicate;
  readonly groups: Map<string, Lines>;
  /** Every line after this moment is counted. */
  since: number;
  askedFor: number;
}

function counted(measure: Measure, since: number, stored: Stored): Counter {
  const matches = predicateOf(parseSearch(measure.search));
  const counter = { measure, matches, groups: new Map(), since, askedFor: since };
  for (const event of stored(measure.search, since)) insert(counter, event);
  return counter;
}

function take(counter: Counter, event: LogEvent): void {
  if (event.timestamp > counter.since && counter.matches(event)) insert(counter, event);
}

function insert({ measure, groups }: Counter, event: LogEvent): void {
  const log = foundLog(event);
  const group = groupName(measure.by, log);
  if (group === undefined) return;
  const lines = groups.get(group) ?? { at: [], values: [] };
  groups.set(group, lines);
  const { at, values } = lines;
  const place = firstAfter(at.length, (index) => at[index] ?? 0, event.timestamp);
  if (place === at.length) at.push(event.timestamp);
  else at.splice(place, 0, event.timestamp);
  if (measure.measure.kind !== "count") {
    values.splice(place, 0, log.valueOf(measure.measure.path));
  }
}

/** Lines that no later window can hold go, many at once. */
function dropBefore(counter: Counter, moment: number): void {
  if (moment - counter.since < slackMs) return;
  counter.since = moment;
  for (const [group, { at, values }] of counter.groups) {
    const first = firstAfter(at.length, (index) => at[index] ?? 0, moment);
    at.splice(0, first);
    values.splice(0, first);
    if (at.length === 0) counter.groups.delete(group);
  }
}

const slackMs = 60_000;

function valuesOf(
  { measure: { measure }, groups }: Counter,
  from: number,
  to: number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [group, { at, values }] of groups) {
    const timeOf = (index: number) => at[index] ?? 0;
    const first = firstAfter(at.length, timeOf, from);
    const end = firstAfter(at.length, timeOf, to);
    if (first === end) continue;
    const value =
      measure.kind === "count" ? end - first : measuredValues(measure, values.slice(first, end));
    if (value !== undefined) found.set(group, value);
  }
  return found;
}
