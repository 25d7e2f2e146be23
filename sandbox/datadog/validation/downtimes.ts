import type { Schedule, State } from "../state.ts";

/** What a client declares of a downtime; its shape is checked before. */
export interface DowntimeAttributes {
  scope: string;
  monitor_identifier: { monitor_id?: number; monitor_tags?: string[] };
  /** Absent or null: from now on, without an end. */
  schedule?: Schedule | null;
  [name: string]: unknown;
}

/** What is wrong with a downtime beyond its shape. */
export function whyNotDowntime(
  state: State,
  { scope, monitor_identifier: identifier, schedule }: DowntimeAttributes,
  now: Date,
): string | undefined {
  return (
    whyNotScope(scope) ?? whyNotMonitor(state, identifier) ?? whyNotSchedule(schedule ?? {}, now)
  );
}

/** `env:(a OR b) AND team:x`: every value needs a key, unless all is meant by `*`. */
function whyNotScope(scope: string): string | undefined {
  const flat = scope.replaceAll(/[\w.@/-]+:\([^()]*\)/g, "key:values");
  const terms = flat.split(/[\s,()]+/).filter((term) => !["", "AND", "OR", "NOT"].includes(term));
  return terms.length > 0 && terms.every((term) => term === "*" || term.includes(":"))
    ? undefined
    : "All values must have a key";
}

function whyNotMonitor(
  state: State,
  { monitor_id: id, monitor_tags: tags }: DowntimeAttributes["monitor_identifier"],
): string | undefined {
  if (id === undefined) {
    return tags === undefined || tags.length === 0 ? "monitor_tags must not be empty" : undefined;
  }
  return state.monitors.some((monitor) => monitor.id === id) ? undefined : "Monitor not found";
}

function whyNotSchedule(schedule: Schedule, now: Date): string | undefined {
  return schedule.recurrences === undefined ? whyNotOnce(schedule, now) : whyNotRecurring(schedule);
}

function whyNotOnce({ start, end }: Schedule, now: Date): string | undefined {
  if (typeof end !== "string") {
    return undefined;
  }
  const from = typeof start === "string" ? Date.parse(start) : now.getTime();
  if (Date.parse(end) <= from) {
    return `schedule.end ${end} must be after the start`;
  }
  return Date.parse(end) <= now.getTime() ? `schedule.end ${end} is in the past` : undefined;
}

function whyNotRecurring({ recurrences }: Schedule): string | undefined {
  const rules = recurrences as { duration: string; rrule: string; start?: string | null }[];
  const wrong = rules.find(({ duration }) => !/^\d+[smhdw]$/.test(duration));
  if (wrong !== undefined) {
    return `duration ${JSON.stringify(wrong.duration)} must read like 30m, 1h or 1d`;
  }
  const odd = rules.find(({ rrule }) => !/(?:^|[:;])FREQ=[A-Z]+/.test(rrule));
  return odd === undefined
    ? undefined
    : `rrule ${JSON.stringify(odd.rrule)} must name a FREQ, as in FREQ=WEEKLY;BYDAY=TU`;
}
