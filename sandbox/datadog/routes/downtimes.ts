import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import { type DowntimeAttributes, whyNotDowntime } from "../validation/downtimes.ts";
import { giveId, uuid } from "../ids.ts";
import { type Downtime, replaced, type State } from "../state.ts";

interface CreateBody {
  data: { attributes: DowntimeAttributes };
}

interface UpdateBody {
  data: { attributes?: Partial<DowntimeAttributes> };
}

/** What Datadog fills in; the provider fails where the two lists are absent. */
const defaults = {
  display_timezone: "UTC",
  message: null,
  mute_first_recovery_notification: false,
  notify_end_states: ["alert", "no data", "warn"],
  notify_end_types: ["expired"],
};

export function createDowntime(state: State, call: Call): Answer {
  const given = giveId(state);
  const now = call.now.toISOString();
  const { attributes } = (call.body as CreateBody).data;
  const downtime: Downtime = {
    id: uuid("downtime", given.number),
    created: now,
    modified: now,
    canceled: null,
    attributes: declare(state, attributes, call.now),
  };
  return {
    body: withAuthor(downtime, call.now),
    state: { ...given.state, downtimes: [...state.downtimes, downtime] },
  };
}

export function getDowntime(state: State, call: Call): Answer {
  return { body: { data: shown(find(state, call), call.now) } };
}

export function updateDowntime(state: State, call: Call): Answer {
  const old = find(state, call);
  const changes = (call.body as UpdateBody).data.attributes ?? {};
  const attributes = { ...(old.attributes as DowntimeAttributes), ...changes };
  const downtime: Downtime = {
    ...old,
    modified: call.now.toISOString(),
    attributes: declare(state, attributes, call.now),
  };
  const downtimes = replaced(state.downtimes, downtime);
  return { body: withAuthor(downtime, call.now), state: { ...state, downtimes } };
}

/** A cancelled downtime stays readable, as Datadog keeps it. */
export function cancelDowntime(state: State, call: Call): Answer {
  const old = find(state, call);
  const now = call.now.toISOString();
  const downtime = { ...old, modified: now, canceled: old.canceled ?? now };
  return { status: 204, state: { ...state, downtimes: replaced(state.downtimes, downtime) } };
}

export function listDowntimes(state: State, call: Call): Answer {
  const current = call.query["current_only"] === "true";
  const found = state.downtimes.filter(
    (downtime) => !current || statusOf(downtime, call.now) === "active",
  );
  const offset = wholeParameter(call, "page[offset]") ?? 0;
  const limit = wholeParameter(call, "page[limit]") ?? 30;
  const page = found.slice(offset, offset + limit);
  return {
    body: {
      data: page.map((downtime) => ({
        ...shown(downtime, call.now),
        relationships: { monitor: monitorOf(downtime) },
      })),
      meta: { page: { total_filtered_count: found.length } },
    },
  };
}

function find(state: State, call: Call): Downtime {
  const downtime = state.downtimes.find(({ id }) => id === call.params["id"]);
  if (downtime === undefined) {
    throw new Refusal(404, "Downtime not found");
  }
  return downtime;
}

function declare(state: State, declared: DowntimeAttributes, now: Date): Downtime["attributes"] {
  const why = whyNotDowntime(state, declared, now);
  if (why !== undefined) {
    throw new Refusal(400, why);
  }
  const schedule = declared.schedule ?? {};
  const begun = { start: schedule.start ?? now.toISOString(), end: schedule.end ?? null };
  const once = schedule.recurrences === undefined;
  return { ...defaults, ...declared, schedule: once ? begun : { timezone: "UTC", ...schedule } };
}

/** Recurrence rules are kept but not evaluated: such a downtime always is "scheduled". */
function statusOf({ canceled, attributes }: Downtime, now: Date): string {
  if (canceled !== null) {
    return "canceled";
  }
  const { start, end, recurrences } = attributes.schedule;
  if (recurrences !== undefined || Date.parse(start ?? "") > now.getTime()) {
    return "scheduled";
  }
  return typeof end === "string" && Date.parse(end) <= now.getTime() ? "ended" : "active";
}

/** Who declares anything at the stand-in: it does not look at the keys. */
const author = { type: "users", id: "00000000-0000-4000-8000-000000000000" };

/** What creating and changing answer, and reading does not: who did it. */
function withAuthor(downtime: Downtime, now: Date): unknown {
  const relationships = { monitor: monitorOf(downtime), created_by: { data: author } };
  const name = "Datadog stand-in";
  const email = "stand-in@sandbox.invalid";
  return {
    data: { ...shown(downtime, now), relationships },
    included: [{ ...author, attributes: { name, handle: email, email } }],
  };
}

function monitorOf({ attributes }: Downtime) {
  const { monitor_id: id } = (attributes as DowntimeAttributes).monitor_identifier;
  return { data: id === undefined ? null : { type: "monitors", id: String(id) } };
}

function shown(downtime: Downtime, now: Date) {
  const { id, created, modified, canceled, attributes } = downtime;
  const status = statusOf(downtime, now);
  return {
    type: "downtime",
    id,
    attributes: { ...attributes, status, created, modified, canceled },
  };
}
