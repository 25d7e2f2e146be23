import { type Answer, type Call, Refusal } from "../http/handler.ts";
import {
  type Aggregation,
  aggregate,
  aggregations,
  type Compute,
  type GroupBy,
} from "../logs/store/aggregate.ts";
import type { LogEvent } from "../logs/log-event.ts";
import type { LogService } from "../logs/log-service.ts";
import type { Found } from "../logs/store/log-store.ts";
import type { Telemetry } from "../logs/telemetry.ts";
import { lengthOf } from "../logs/time.ts";
import {
  cursorOf,
  done,
  type Filter,
  pageLimit,
  readCursor,
  type SearchBody,
  searchOfQuery,
  understood,
  windowOf,
  withNextLink,
} from "./search-page.ts";

/** One page of the logs that a search finds, newest first where the order is not said. */
export function searchLogs({ telemetry }: LogService, call: Call): Answer {
  return { body: pageOfLogs(telemetry, call.body ?? {}, call) };
}

/** The same by query parameters, with the address of the next page. */
export function listLogs({ telemetry }: LogService, call: Call): Answer {
  return withNextLink(
    pageOfLogs(telemetry, searchOfQuery(call), call),
    call,
    "/api/v2/logs/events",
  );
}

function pageOfLogs({ logs }: Telemetry, body: SearchBody, { now }: Call) {
  const { filter, sort = "-timestamp" } = body;
  const limit = pageLimit(body);
  const order = sort === "timestamp" ? "oldest" : "newest";
  const from = readCursor(body.page?.cursor, ["timestamp", "seq"]);
  const window = windowOf(filter, now);
  const found = understood(() => take(logs.find(window, order, from), limit + 1));
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const next = last && { page: { after: cursorOf(last.position) } };
  return { data: shown.map(({ event }) => shownLog(event)), meta: { ...done(), ...next } };
}

function take(found: Iterable<Found>, most: number): Found[] {
  const taken: Found[] = [];
  for (const one of found) {
    if (taken.push(one) >= most) {
      break;
    }
  }
  return taken;
}

function shownLog(event: LogEvent): unknown {
  const { id, timestamp, attributes, source, tags, host, message, service, status } = event;
  return {
    id,
    type: "log",
    attributes: {
      attributes,
      host,
      message,
      service,
      status,
      tags: source === "" ? tags : [...tags, `source:${source}`],
      timestamp: new Date(timestamp).toISOString(),
    },
  };
}

interface AggregateBody {
  readonly filter?: Filter;
  readonly compute?: {
    aggregation: string;
    metric?: string;
    type?: "total" | "timeseries";
    interval?: string;
  }[];
  readonly group_by?: {
    facet: string;
    limit?: number;
    missing?: string | number;
    sort?: { order?: "asc" | "desc"; type?: string };
    histogram?: unknown;
    total?: unknown;
  }[];
}

/** Figures of the logs that a search finds, in groups. */
export function aggregateLogs({ telemetry }: LogService, call: Call): Answer {
  const { filter, compute, group_by = [] } = (call.body ?? {}) as AggregateBody;
  const computes = (compute ?? [{ aggregation: "count" }]).map(readCompute);
  const groups = group_by.map(readGroup);
  const window = windowOf(filter, call.now);
  const buckets = understood(() =>
    aggregate(eventsIn(telemetry.logs.find(window)), computes, groups),
  );
  const shown = buckets.map((bucket) => ({
    by: bucket.by,
    computes: Object.fromEntries(bucket.computes.map((value, index) => [`c${index}`, value])),
  }));
  return { body: { data: { buckets: shown }, meta: done() } };
}

function* eventsIn(found: Iterable<Found>): IterableIterator<LogEvent> {
  for (const { event } of found) {
    yield event;
  }
}

function readCompute(one: NonNullable<AggregateBody["compute"]>[number], index: number): Compute {
  const { aggregation, metric } = one;
  if (!aggregations.includes(aggregation)) {
    const known = aggregations.join(", ");
    throw new Refusal(400, `compute[${index}].aggregation: the stand-in knows ${known}`);
  }
  if (metric === undefined && aggregation !== "count") {
    throw new Refusal(400, `compute[${index}].metric is missing: ${aggregation} wants one`);
  }
  return {
    aggregation: aggregation as Aggregation,
    ...(metric !== undefined && { metric }),
    ...(one.type === "timeseries" && { interval: stepOf(one.interval ?? "1m", index) }),
  };
}

function stepOf(interval: string, index: number): number {
  // clients send milliseconds, too
  const width = lengthOf(interval) ?? (/^\d{1,12}$/.test(interval) ? Number(interval) : 0);
  if (width === 0) {
    throw new Refusal(400, `compute[${index}].interval is "${interval}": write one as 5m`);
  }
  return width;
}

function readGroup(one: NonNullable<AggregateBody["group_by"]>[number], index: number): GroupBy {
  const { facet, limit = 10, missing, sort, histogram, total } = one;
  const odd = Object.entries({ histogram, total }).find(([, value]) => value !== undefined);
  if (odd !== undefined) {
    throw new Refusal(400, `group_by[${index}].${odd[0]}: the stand-in does not know it`);
  }
  return {
    facet,
    limit,
    order: sort?.order ?? "desc",
    ...(missing !== undefined && { missing: String(missing) }),
  };
}
