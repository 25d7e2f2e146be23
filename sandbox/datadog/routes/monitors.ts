import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import { shownGroups, shownStatus } from "../evaluation/state/evaluated-state.ts";
import { giveId } from "../ids.ts";
import { readQuery, type QueryReading } from "../validation/monitor-query.ts";
import { monitorReferences, whyNotMonitor } from "../validation/monitors.ts";
import type { MonitorOptions } from "../monitor-options.ts";
import { type Monitor, replaced, type State, without } from "../state.ts";

/** What a client may set; the rest of a posted monitor is Datadog's own and is ignored. */
const writable = [
  "type",
  "name",
  "message",
  "query",
  "tags",
  "priority",
  "restricted_roles",
  "draft_status",
  "options",
  "assets",
] as const;

type MonitorBody = Partial<Pick<Monitor, (typeof writable)[number]>>;

/** Datadog treats these two as one type and lets a monitor change between them. */
const sameType = new Set(["metric alert", "query alert"]);

export function createMonitor(state: State, call: Call): Answer {
  const given = giveId(state);
  const monitor = declare(given.number, call.body as MonitorBody, call.now);
  refuseUnfit(state, monitor);
  return {
    body: written(state, monitor),
    state: { ...given.state, monitors: [...state.monitors, monitor] },
  };
}

export function validateMonitor(state: State, call: Call): Answer {
  refuseUnfit(state, declare(0, call.body as MonitorBody, call.now));
  return { body: {} };
}

export function validateExistingMonitor(state: State, call: Call): Answer {
  const old = find(state, call);
  const monitor = declare(old.id, call.body as MonitorBody, call.now);
  refuseOtherType(old, monitor);
  refuseUnfit(state, monitor);
  return { body: {} };
}

export function getMonitor(state: State, call: Call): Answer {
  return { body: shown(state, find(state, call), wanted(call)) };
}

export function updateMonitor(state: State, call: Call): Answer {
  const old = find(state, call);
  const body = call.body as MonitorBody;
  const monitor = { ...declare(old.id, { ...old, ...body }, call.now), created: old.created };
  refuseOtherType(old, monitor);
  refuseUnfit(state, monitor);
  const monitors = replaced(state.monitors, monitor);
  return { body: written(state, monitor), state: { ...state, monitors } };
}

export function deleteMonitor(state: State, call: Call): Answer {
  const { id } = find(state, call);
  const references = call.query["force"] === "true" ? [] : monitorReferences(state, id);
  if (references.length > 0) {
    throw new Refusal(400, references);
  }
  const monitors = without(state.monitors, id);
  return { body: { deleted_monitor_id: id }, state: { ...state, monitors } };
}

export function canDeleteMonitors(state: State, call: Call): Answer {
  const ids = (call.query["monitor_ids"] ?? "").split(",").map(Number);
  const unknown = ids.find((id) => !state.monitors.some((monitor) => monitor.id === id));
  if (unknown !== undefined) {
    throw new Refusal(404, "Monitor not found");
  }
  const checked = ids.map((id) => ({ id, references: monitorReferences(state, id) }));
  const held = checked.filter(({ references }) => references.length > 0);
  const ok = checked.filter(({ references }) => references.length === 0).map(({ id }) => id);
  return {
    status: held.length > 0 ? 409 : 200,
    body: {
      data: { ok },
      errors: held.length > 0 ? Object.fromEntries(held.map((m) => [m.id, m.references])) : null,
    },
  };
}

export function listMonitors(state: State, call: Call): Answer {
  const name = call.query["name"]?.toLowerCase();
  const tags = call.query["monitor_tags"]?.split(",");
  const found = state.monitors
    .filter((monitor) => name === undefined || monitor.name.toLowerCase().includes(name))
    .filter((monitor) => tags?.every((tag) => monitor.tags.includes(tag)) ?? true);
  const page = wholeParameter(call, "page");
  const size = wholeParameter(call, "page_size");
  const start = page === undefined ? 0 : page * (size ?? 100);
  const end = page === undefined ? undefined : start + (size ?? 100);
  const also = wanted(call);
  const shownPage = found.slice(start, end).map((monitor) => shown(state, monitor, also));
  return { body: shownPage.map((one) => ({ ...one, matching_downtimes: [] })) };
}

/** What creating and updating answer; the recordings have no restriction policy when it is read. */
function written(state: State, monitor: Monitor) {
  return { ...shown(state, monitor, { assets: true }), restriction_policy: null };
}

function find(state: State, call: Call): Monitor {
  const id = Number(call.params["id"]);
  const monitor = state.monitors.find((candidate) => candidate.id === id);
  if (monitor === undefined) {
    throw new Refusal(404, "Monitor not found");
  }
  return monitor;
}

function refuseUnfit(state: State, monitor: Monitor): void {
  const why = whyNotMonitor(state, monitor);
  if (why !== undefined) {
    throw new Refusal(400, why);
  }
}

function refuseOtherType(old: Monitor, monitor: Monitor): void {
  if (old.type !== monitor.type && !(sameType.has(old.type) && sameType.has(monitor.type))) {
    throw new Refusal(
      400,
      `The value provided for parameter 'type' is invalid: it cannot change from "${old.type}" to "${monitor.type}"`,
    );
  }
}

/** The monitor as Datadog keeps it: what was declared, with Datadog's own values filled in. */
function declare(id: number, body: MonitorBody, now: Date): Monitor {
  const given = writable.filter((key) => body[key] !== undefined && body[key] !== null);
  const declared: MonitorBody = Object.fromEntries(given.map((key) => [key, body[key]]));
  const { type = "", query = "", options } = trimmed(declared);
  const reading = readQuery(type, query);
  return {
    name: `\`${query}\``,
    message: "",
    tags: [],
    restricted_roles: null,
    draft_status: "published",
    assets: [],
    ...trimmed(declared),
    id,
    type: shownType(type, query),
    query,
    // 0 means none
    priority: declared.priority === 0 ? null : (declared.priority ?? null),
    options: { ...defaultOptions(reading), ...options },
    multi: (reading.kind === "threshold" || reading.kind === "check") && reading.multi,
    created: now.toISOString(),
    modified: now.toISOString(),
  };
}

/** Datadog keeps no blanks at the ends of texts. */
function trimmed(declared: MonitorBody): MonitorBody {
  const texts = (["name", "message", "query"] as const).flatMap((key) => {
    const text = declared[key];
    return text === undefined ? [] : [[key, text.trim()] as const];
  });
  const { options } = declared;
  const escalation = options?.["escalation_message"];
  return {
    ...declared,
    ...Object.fromEntries(texts),
    ...(typeof escalation === "string" && {
      options: { ...options, escalation_message: escalation.trim() },
    }),
  };
}

/** The two names of one type: which one Datadog answers depends on the query. */
function shownType(type: string, query: string): string {
  if (!sameType.has(type)) return type;
  if (query.startsWith("formula(")) return "metric alert";
  return query.includes("(current_1mo)") ? "query alert" : type;
}

/** Datadog's own defaults; those whose absence the provider reads as the same value. */
function defaultOptions(reading: QueryReading): MonitorOptions {
  const hasThreshold = reading.kind === "threshold" || reading.kind === "slo";
  return {
    notify_audit: false,
    silenced: {},
    include_tags: true,
    new_host_delay: 300,
    notify_no_data: false,
    ...(hasThreshold ? { thresholds: { critical: reading.threshold } } : {}),
  };
}

/** What a client may ask for on top. */
interface Also {
  readonly assets: boolean;
  /** Statuses of the groups to show, `all` for every one; absent: no groups. */
  readonly groups?: readonly string[];
}

const groupStates = ["all", "alert", "warn", "no data", "ok"];

function wanted({ query }: Call): Also {
  const assets = query["with_assets"] === "true";
  const groups = query["group_states"]?.split(",").map((status) => status.trim());
  const odd = groups?.find((status) => !groupStates.includes(status));
  if (odd !== undefined) {
    throw new Refusal(
      400,
      `Invalid group_states ${JSON.stringify(odd)}: must be ${groupStates.join(", ")}`,
    );
  }
  return { assets, ...(groups && { groups }) };
}

function shown(state: State, monitor: Monitor, also: Also): Record<string, unknown> {
  const { assets, ...rest } = monitor;
  const linked = assets.map((asset) => ({
    ...asset,
    monitor_id: monitor.id,
    template_variables: {},
    options: {},
  }));
  const known = state.evaluation.monitors[monitor.id];
  return {
    ...rest,
    ...shownStatus(state, monitor.id),
    ...(also.assets ? { assets: linked } : {}),
    ...(also.groups ? { state: shownGroups(known, also.groups) } : {}),
    created_at: Date.parse(monitor.created),
    deleted: null,
    org_id: 1,
    creator: standInUser,
  };
}

const standInUser = {
  id: 1,
  name: "Datadog stand-in",
  handle: "stand-in@sandbox.invalid",
  email: "stand-in@sandbox.invalid",
};
