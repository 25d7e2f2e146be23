import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { giveId } from "../ids.ts";
import type { Event, State } from "../state.ts";

type EventBody = Pick<Event, "title" | "text"> &
  Partial<Pick<Event, "date_happened" | "tags" | "priority" | "alert_type">> & {
    aggregation_key?: string;
    source_type_name?: string;
    host?: string;
    device_name?: string;
    related_event_id?: number;
  };

/** Datadog's limits. */
const longestText = 4000;
const longestAggregationKey = 100;
const oldestSeconds = 18 * 3600;

export function createEvent(state: State, call: Call): Answer {
  const body = call.body as EventBody;
  const now = Math.floor(call.now.getTime() / 1000);
  refuseUnfit(body, now);
  const given = giveId(state);
  const event: Event = {
    ...body,
    id: given.number,
    date_happened: body.date_happened ?? now,
    tags: body.tags ?? [],
    priority: body.priority ?? null,
    alert_type: body.alert_type ?? "info",
  };
  return {
    status: 202,
    body: { status: "ok", event: shown(event) },
    state: { ...given.state, events: [...state.events, event] },
  };
}

export function getEvent(state: State, call: Call): Answer {
  const event = state.events.find(({ id }) => id === Number(call.params["id"]));
  if (event === undefined) {
    throw new Refusal(404, "No event matches that event_id");
  }
  return { body: { event: shown(event) } };
}

/** The events between two times, newest first, that carry all the tags and the priority asked for. */
export function listEvents(state: State, call: Call): Answer {
  const start = seconds(call, "start");
  const end = seconds(call, "end");
  if (start > end) {
    throw new Refusal(400, "end param must be greater than start param");
  }
  const tags = call.query["tags"]?.split(",") ?? [];
  const priority = call.query["priority"];
  const events = state.events
    .filter((event) => event.date_happened >= start && event.date_happened <= end)
    .filter((event) => tags.every((tag) => event.tags.includes(tag)))
    .filter((event) => priority === undefined || (event.priority ?? "normal") === priority)
    .toSorted((a, b) => b.date_happened - a.date_happened || b.id - a.id);
  return { body: { events: events.map(shown) } };
}

function seconds(call: Call, key: string): number {
  const text = call.query[key] ?? "";
  if (!/^\d+$/.test(text)) {
    throw new Refusal(400, `${key} ${JSON.stringify(text)} must be a time in whole seconds`);
  }
  return Number(text);
}

function refuseUnfit({ text, aggregation_key: key, date_happened: at }: EventBody, now: number) {
  if (text.length > longestText) {
    throw new Refusal(400, `text has ${text.length} characters: at most ${longestText}`);
  }
  if (key !== undefined && key.length > longestAggregationKey) {
    throw new Refusal(
      400,
      `aggregation_key has ${key.length} characters: at most ${longestAggregationKey}`,
    );
  }
  if (at !== undefined && at < now - oldestSeconds) {
    throw new Refusal(400, "Event too far in the past");
  }
}

function shown(event: Event): unknown {
  return {
    handle: null,
    related_event_id: null,
    ...event,
    id_str: String(event.id),
    url: `/event/event?id=${event.id}`,
  };
}
