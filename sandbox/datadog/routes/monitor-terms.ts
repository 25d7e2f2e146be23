import { shownStatus } from "../evaluation/state/evaluated-state.ts";
import { type Call, Refusal, wholeParameter } from "../http/handler.ts";
import type { Monitor, State } from "../state.ts";

/** A monitor with the state that it, or one of its groups, is in. */
export type Stated = Monitor &
  ReturnType<typeof shownStatus> & {
    readonly triggered: number | undefined;
    /** Of one group alone, where groups are looked for. */
    readonly group?: string;
  };

type Test = (monitor: Stated) => boolean;

const statuses = ["alert", "warn", "no data", "ok", "ignored", "skipped", "unknown"];

/** The fields of a search that can be judged here, each with what it asks of a monitor. */
const fields: Partial<Record<string, (value: string) => Test>> = {
  id: (value) => (monitor) => String(monitor.id) === value,
  name: (value) => (monitor) => contains(monitor.name, value),
  status: (value) => {
    if (!statuses.includes(value.toLowerCase())) {
      throw new Refusal(400, `Query parsing error: '${value}' is not a valid monitor status`);
    }
    return (monitor) => monitor.overall_state.toLowerCase() === value.toLowerCase();
  },
  type: (value) => (monitor) => classOf(monitor) === value || monitor.type === value,
  tag: (value) => (monitor) => monitor.tags.includes(value),
  priority: (value) => (monitor) => `p${monitor.priority ?? ""}` === value.toLowerCase(),
  group: (value) => (monitor) => monitor.group !== undefined && contains(monitor.group, value),
};

/**
 * The tests of a search by `field:value` terms and free text on the name; all must hold. A value may
 * be several, `(a OR b)`, and a term with `-` before it must not hold.
 */
export function testsOf(query: string): readonly Test[] {
  const terms = query.match(/(?:[^\s"()]|"[^"]*"|\([^()]*\))+/g) ?? [];
  return terms.filter((term) => term !== "AND").map(readTerm);
}

function readTerm(term: string): Test {
  if (term === "OR" || term === "NOT") {
    throw new Refusal(400, `Query parsing error: the stand-in reads no '${term}' between terms`);
  }
  if (term.startsWith("-")) {
    const inner = readTerm(term.slice(1));
    return (monitor) => !inner(monitor);
  }
  const [, field, text = term] = /^([\w.]+):(.*)$/s.exec(term) ?? [];
  const values = text
    .replaceAll(/^\(|\)$/g, "")
    .split(/\s+OR\s+/)
    .map((value) => value.replaceAll('"', "").trim());
  const tests = values.map((value) => testOf(field, value));
  return (monitor) => tests.some((test) => test(monitor));
}

function testOf(field: string | undefined, value: string): Test {
  if (field === undefined) return (monitor) => contains(monitor.name, value);
  const test = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (test === undefined) {
    const known = Object.keys(fields).join(", ");
    throw new Refusal(
      400,
      `Query parsing error: the stand-in cannot search by '${field}' (it knows ${known})`,
    );
  }
  return test(value);
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

const classes: Partial<Record<string, string>> = {
  "metric alert": "metric",
  "query alert": "metric",
  "service check": "custom",
};

/** The word a search uses for a monitor's type: `metric`, `log`, `composite`, `slo`, … */
export function classOf({ type }: Pick<Monitor, "type">): string {
  return classes[type] ?? type.replace(/ alert$/, "");
}

/** A monitor as it is now. */
export function stated(state: State, monitor: Monitor): Stated {
  const groups = Object.values(state.evaluation.monitors[monitor.id]?.groups ?? {});
  const times = groups.flatMap(({ lastTriggered }) => lastTriggered ?? []);
  const triggered = times.length === 0 ? undefined : Math.max(...times);
  return { ...monitor, ...shownStatus(state, monitor.id), triggered };
}

const severity: readonly string[] = ["Alert", "Warn", "No Data", "OK"];

const orders: Partial<Record<string, (a: Stated, b: Stated) => number>> = {
  name: (a, b) => a.name.localeCompare(b.name),
  id: (a, b) => a.id - b.id,
  status: (a, b) => severity.indexOf(a.overall_state) - severity.indexOf(b.overall_state),
  priority: (a, b) => (a.priority ?? 6) - (b.priority ?? 6),
  group: (a, b) => (a.group ?? "").localeCompare(b.group ?? ""),
};

/** One page of what was found, in the order of `sort`, such as `status,asc`. */
export function pageOfMonitors(found: readonly Stated[], call: Call) {
  const sorted = found.toSorted(orderOf(call.query["sort"] ?? "id,asc"));
  const page = wholeParameter(call, "page") ?? 0;
  const perPage = wholeParameter(call, "per_page") ?? 30;
  const shown = sorted.slice(page * perPage, (page + 1) * perPage);
  return {
    shown,
    counts: {
      status: counts(found.map((monitor) => monitor.overall_state)),
      muted: counts(found.map(() => false)),
      tag: counts(found.flatMap(({ tags }) => tags)),
      type: counts(found.map(classOf)),
    },
    paging: { total_count: found.length, page, per_page: perPage },
  };
}

function orderOf(sort: string): (a: Stated, b: Stated) => number {
  const [by = "", direction = "asc"] = sort.split(",");
  const order = Object.hasOwn(orders, by) ? orders[by] : undefined;
  if (order === undefined || (direction !== "asc" && direction !== "desc")) {
    const known = Object.keys(orders).join(", ");
    throw new Refusal(400, `sort ${JSON.stringify(sort)}: ${known}, then asc or desc`);
  }
  const sign = direction === "asc" ? 1 : -1;
  return (a, b) => sign * order(a, b) || a.id - b.id;
}

/** Each group of a monitor, as it is now. */
export function groupsOf(state: State, monitor: Monitor): readonly Stated[] {
  const { groups = {} } = state.evaluation.monitors[monitor.id] ?? {};
  return Object.entries(groups).map(([group, { status, since, lastTriggered }]) => ({
    ...monitor,
    overall_state: status,
    overall_state_modified: new Date(since).toISOString(),
    triggered: lastTriggered,
    group,
  }));
}

function counts<T>(values: T[]): { name: T; count: number }[] {
  return [...new Set(values)].map((name) => ({
    name,
    count: values.filter((value) => value === name).length,
  }));
}
