import type { Answer, Call } from "../http/handler.ts";
import { Refusal } from "../http/handler.ts";
import { eventAsLog, sourceOf } from "../query/event-as-log.ts";
import { parseSearch } from "../search/parse.ts";
import { predicateOf } from "../search/predicate.ts";
import type { Event, State } from "../state.ts";
import {
  cursorOf,
  done,
  pageLimit,
  readCursor,
  type SearchBody,
  searchOfQuery,
  understood,
  windowOf,
  withNextLink,
} from "./search-page.ts";

/** `POST /api/v2/events/search`: one page, newest first where the order is not said. */
export function searchEvents(state: State, call: Call): Answer {
  return { body: pageOfEvents(state, call.body ?? {}, call) };
}

/** The same by query parameters, with the address of the next page. */
export function listEventsV2(state: State, call: Call): Answer {
  return withNextLink(pageOfEvents(state, searchOfQuery(call), call), call, "/api/v2/events");
}

/** `GET /api/v2/events/{id}` */
export function getEventV2(state: State, call: Call): Answer {
  const event = state.events.find(({ id }) => String(id) === call.params["id"]);
  if (event === undefined) throw new Refusal(404, "No event matches that event_id.");
  return { body: { data: shown(event, state) } };
}

function pageOfEvents(state: State, body: SearchBody, { now }: Call) {
  const { filter, sort = "-timestamp" } = body;
  const limit = pageLimit(body);
  const { query, from, to } = windowOf(filter, now);
  const matches = understood(() => predicateOf(parseSearch(query)));
  const sign = sort === "timestamp" ? 1 : -1;
  const found = state.events
    .filter(({ date_happened: at }) => at * 1000 >= from && at * 1000 <= to)
    .filter((event) => matches(eventAsLog(event)))
    .toSorted((a, b) => sign * (a.date_happened - b.date_happened || a.id - b.id));
  const begin = positionAfter(found, readCursor(body.page?.cursor, ["id"])?.id);
  const page = found.slice(begin, begin + limit);
  const last = found.length > begin + limit ? page.at(-1) : undefined;
  const next = last && { page: { after: cursorOf({ id: last.id }) } };
  return { data: page.map((event) => shown(event, state)), meta: { ...done(), ...next } };
}

function positionAfter(events: readonly Event[], id: number | undefined): number {
  return id === undefined ? 0 : events.findIndex((event) => event.id === id) + 1;
}

function shown(event: Event, state: State): unknown {
  const { id, title, text, date_happened: seconds, tags, priority, alert_type: status } = event;
  const { host, service } = eventAsLog(event);
  const source = sourceOf(event);
  const monitor = state.monitors.find((one) => one.id === event["monitor_id"]);
  return {
    id: String(id),
    type: "event",
    attributes: {
      message: text,
      tags,
      timestamp: new Date(seconds * 1000).toISOString(),
      attributes: {
        aggregation_key: event["aggregation_key"] ?? null,
        date_happened: seconds * 1000,
        evt: { id: String(id), name: title, source_id: id, type: source },
        ...(host !== "" && { hostname: host }),
        ...(service !== "" && { service }),
        ...(monitor !== undefined && { monitor_id: monitor.id, monitor: namesOf(monitor) }),
        priority: priority ?? "normal",
        source_type_name: source,
        sourcecategory: monitor === undefined ? "api" : "monitor_alert",
        status,
        tags,
        timestamp: seconds * 1000,
        title,
      },
    },
  };
}

function namesOf({ id, name, type, query, message, tags }: State["monitors"][number]) {
  return { id, name, type, query, message, tags };
}
