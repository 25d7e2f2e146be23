import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import { seconds, shownStatus } from "../evaluation/state/evaluated-state.ts";
import type { Monitor, State } from "../state.ts";

/** A monitor with the state that it is in. */
type Stated = Monitor & ReturnType<typeof shownStatus> & { readonly triggered: number | undefined };

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
};

/** A search by `field:value` terms and free text on the name; all terms must hold. */
export function searchMonitors(state: State, call: Call): Answer {
  const tests = (call.query["query"] ?? "").match(/(?:[^\s"]|"[^"]*")+/g)?.map(readTerm) ?? [];
  const found = state.monitors
    .map((monitor) => stated(state, monitor))
    .filter((monitor) => tests.every((test) => test(monitor)));
  const page = wholeParameter(call, "page") ?? 0;
  const perPage = wholeParameter(call, "per_page") ?? 30;
  const shown = found.slice(page * perPage, (page + 1) * perPage);
  return {
    body: {
      monitors: shown.map(summary),
      counts: {
        status: counts(found.map((monitor) => monitor.overall_state)),
        muted: counts(found.map(() => false)),
        tag: counts(found.flatMap(({ tags }) => tags)),
        type: counts(found.map(classOf)),
      },
      metadata: {
        total_count: found.length,
        page_count: shown.length,
        page,
        per_page: perPage,
      },
    },
  };
}

function stated(state: State, monitor: Monitor): Stated {
  const groups = Object.values(state.evaluation.monitors[monitor.id]?.groups ?? {});
  const times = groups.flatMap(({ lastTriggered }) => lastTriggered ?? []);
  const triggered = times.length === 0 ? undefined : Math.max(...times);
  return { ...monitor, ...shownStatus(state, monitor.id), triggered };
}

function readTerm(term: string): Test {
  const colon = term.indexOf(":");
  const field = term.slice(0, Math.max(colon, 0));
  const value = term.slice(colon + 1).replaceAll('"', "");
  if (colon < 0) {
    return (monitor) => contains(monitor.name, value);
  }
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
function classOf({ type }: Pick<Monitor, "type">): string {
  return classes[type] ?? type.replace(/ alert$/, "");
}

function counts<T>(values: T[]): { name: T; count: number }[] {
  return [...new Set(values)].map((name) => ({
    name,
    count: values.filter((value) => value === name).length,
  }));
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
