import { randomUUID } from "node:crypto";
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
import type { Found, LogWindow, Position } from "../logs/store/log-store.ts";
import { lengthOf, momentOf } from "../logs/time.ts";
import { SearchError } from "../search/syntax.ts";

interface Filter {
  readonly query?: string;
  readonly from?: string;
  readonly to?: string;
  readonly indexes?: string[];
}

interface SearchBody {
  readonly filter?: Filter;
  readonly sort?: "timestamp" | "-timestamp";
  readonly page?: { readonly cursor?: string; readonly limit?: number };
}

const mostLogs = 1000;

/** One page of the logs that a search finds, newest first where the order is not said. */
export function searchLogs({ telemetry }: LogService, call: Call): Answer {
  const { filter, sort = "-timestamp", page = {} } = (call.body ?? {}) as SearchBody;
  const { limit = 10 } = page;
  if (limit < 1 || limit > mostLogs) {
    throw new Refusal(400, `page.limit is ${limit}: must be from 1 to ${mostLogs}`);
  }
  const order = sort === "timestamp" ? "oldest" : "newest";
  const window = windowOf(filter, call.now);
  const from = readCursor(page.cursor);
  const found = understood(() => take(telemetry.logs.find(window, order, from), limit + 1));
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const next = last && { page: { after: cursorOf(last.position) } };
  return {
    body: { data: shown.map(({ event }) => shownLog(event)), meta: { ...done(), ...next } },
  };
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

function done(): { elapsed: number; request_id: string; status: "done" } {
  return { elapsed: 0, request_id: randomUUID(), status: "done" };
}

function understood<T>(search: () => T): T {
  try {
    return search();
  } catch (error) {
    throw error instanceof SearchError ? new Refusal(400, error.message) : error;
  }
}

function windowOf(filter: Filter = {}, now: Date): LogWindow {
  const { query = "*", from = "now-15m", to = "now", indexes = ["*"] } = filter;
  const index = indexes.find((name) => name !== "*" && name !== "main");
  if (index !== undefined) {
    throw new Refusal(400, `filter.indexes: the stand-in has no index "${index}", only "main"`);
  }
  return { query, from: moment("from", from, now), to: moment("to", to, now) };
}

function moment(name: "from" | "to", text: string, now: Date): number {
  const found = momentOf(text, now.getTime());
  if (found === undefined) {
    const allowed = "now, now-15m, ISO 8601 or milliseconds since 1970";
    throw new Refusal(400, `filter.${name} is ${JSON.stringify(text)}: must be ${allowed}`);
  }
  return found;
}

function cursorOf(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

function readCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  try {
    const value = JSON.parse(Buffer.from(cursor, "base64url").toString()) as Position;
    if (Number.isSafeInteger(value.timestamp) && Number.isSafeInteger(value.seq)) {
      return value;
    }
  } catch {
    // told below
  }
  throw new Refusal(400, "page.cursor was not issued by the stand-in");
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
  const width = lengthOf(interval) ?? 0;
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
