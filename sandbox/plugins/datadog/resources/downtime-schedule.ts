import { PluginError } from "../../grpc/plugin-error.ts";
import { idOf, isEmpty, part, parts, setProperties } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import { flag, list, object, set, text, whole, type Shape } from "../inputs/shape.ts";
import { isJsonMap, type JsonMap } from "../api/json.ts";

const PATH = "/api/v2/downtime";

const shape: Shape = {
  scope: text({ required: true }),
  monitorIdentifier: object({ monitorId: whole(), monitorTags: set(text()) }, { required: true }),
  recurringSchedule: object({
    timezone: text({ computed: true }),
    recurrences: list(
      object({
        duration: text({ required: true }),
        rrule: text({ required: true }),
        start: text({ computed: true }),
      }),
    ),
  }),
  oneTimeSchedule: object({ start: text({ computed: true }), end: text() }),
  message: text(),
  displayTimezone: text({ computed: true }),
  muteFirstRecoveryNotification: flag({ computed: true }),
  notifyEndStates: set(text({ oneOf: ["alert", "no data", "warn"] }), { computed: true }),
  notifyEndTypes: set(text({ oneOf: ["canceled", "expired"] }), { computed: true }),
};

export const downtimeSchedule: ResourceType = {
  shape,
  computed: [
    "displayTimezone",
    "muteFirstRecoveryNotification",
    "notifyEndStates",
    "notifyEndTypes",
  ],

  async create(api, inputs) {
    const body = { data: { type: "downtime", attributes: downtimeAttributes(inputs) } };
    return liveDowntime(await api({ method: "POST", path: PATH, body }));
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}` }));
    if (found === undefined) return undefined;
    // A deleted downtime can still be read, as a cancelled one.
    const { status } = part(part(found, "data"), "attributes");
    return status === "canceled" ? undefined : liveDowntime(found);
  },

  async update(api, id, inputs) {
    const attributes = { message: null, ...downtimeAttributes(inputs) };
    const body = { data: { type: "downtime", id, attributes } };
    return liveDowntime(await api({ method: "PATCH", path: `${PATH}/${id}`, body }));
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: `${PATH}/${id}` }));
  },
};

function downtimeAttributes(inputs: JsonMap): JsonMap {
  return {
    scope: inputs["scope"],
    mute_first_recovery_notification: inputs["muteFirstRecoveryNotification"] ?? false,
    ...setProperties(inputs, ["displayTimezone", "message"]),
    // An empty list is sent: it means that the end notifies nobody.
    notify_end_states: inputs["notifyEndStates"],
    notify_end_types: inputs["notifyEndTypes"],
    monitor_identifier: setProperties(part(inputs, "monitorIdentifier"), [
      "monitorId",
      "monitorTags",
    ]),
    schedule: schedule(inputs),
  };
}

function schedule(inputs: JsonMap): JsonMap {
  const { recurringSchedule: recurring, oneTimeSchedule: once } = inputs;
  if (isJsonMap(recurring)) {
    return {
      ...setProperties(recurring, ["timezone"]),
      recurrences: parts(recurring, "recurrences").map((recurrence) =>
        setProperties(recurrence, ["duration", "rrule", "start"]),
      ),
    };
  }
  if (isJsonMap(once)) return { start: once["start"] ?? null, end: once["end"] ?? null };
  throw new PluginError("recurringSchedule or oneTimeSchedule is required for a downtime");
}

function liveDowntime(body: JsonMap): LiveResource {
  const data = part(body, "data");
  const attributes = part(data, "attributes");
  const monitor = part(attributes, "monitor_identifier");
  const outputs: JsonMap = {
    scope: attributes["scope"],
    message: attributes["message"] ?? undefined,
    displayTimezone: attributes["display_timezone"] ?? undefined,
    muteFirstRecoveryNotification: attributes["mute_first_recovery_notification"] ?? undefined,
    notifyEndStates: attributes["notify_end_states"] ?? undefined,
    notifyEndTypes: attributes["notify_end_types"] ?? undefined,
    monitorIdentifier: {
      monitorId: monitor["monitor_id"] ?? undefined,
      monitorTags: isEmpty(monitor["monitor_tags"]) ? undefined : monitor["monitor_tags"],
    },
    ...liveSchedule(part(attributes, "schedule")),
  };
  return { id: idOf(data), outputs };
}

function liveSchedule(body: JsonMap): JsonMap {
  if (body["recurrences"] === undefined) {
    const { start, end } = body;
    return { oneTimeSchedule: { start: start ?? undefined, end: end ?? undefined } };
  }
  const recurrences = parts(body, "recurrences").map(({ duration, rrule, start }) => ({
    duration,
    rrule,
    start: start ?? undefined,
  }));
  return { recurringSchedule: { timezone: body["timezone"] ?? undefined, recurrences } };
}
