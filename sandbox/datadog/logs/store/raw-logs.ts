import { dateOf } from "../processors/date.ts";
import {
  type Attributes,
  attributeAt,
  isObject,
  type LogEvent,
  removeAttribute,
  statusOf,
  textOf,
  wellFormed,
} from "../log-event.ts";

/** Where a batch of logs comes from. */
export interface Origin {
  /** Names the batch; the same batch sent again has the same name. */
  readonly batch: string;
  /** Milliseconds since 1970. */
  readonly arrived: number;
  /** Whether the Datadog agent sent it: that one writes line feeds as a backslash and an n. */
  readonly isAgent: boolean;
}

/** Datadog cuts longer logs; in characters, of which most are one byte. */
const longestMessage = 1024 * 1024;

const hour = 3_600_000;

/** The logs of an intake's body, as far as Datadog reads them before any pipeline. */
export function eventsOf(items: readonly Attributes[], origin: Origin): LogEvent[] {
  return items.map((item, index) => eventOf(wellFormedIn(item) as Attributes, index, origin));
}

function eventOf(item: Attributes, index: number, { batch, arrived, isAgent }: Origin): LogEvent {
  const { message, status, timestamp, hostname, service, ddsource, ddtags, ...rest } = item;
  const text = textOf(message ?? "");
  const shown = isAgent ? text.replaceAll("\\n", "\n") : text;
  const event: LogEvent = {
    id: `${batch}-${index}`,
    timestamp: near(dateOf(timestamp), arrived) ?? arrived,
    message: shown.slice(0, longestMessage),
    status: statusOf(status ?? "info"),
    host: textOf(hostname ?? ""),
    service: textOf(service ?? ""),
    source: textOf(ddsource ?? ""),
    trace_id: "",
    tags: tagList(ddtags),
    attributes: rest,
  };
  // JSON keeps its escapes: read as it was sent, not with its line feeds unfolded.
  return fromJson(event, text, arrived);
}

/** Datadog takes logs stamped up to 18 hours ago and up to 2 hours ahead. */
function near(date: number | undefined, arrived: number): number | undefined {
  const isNear = date !== undefined && date >= arrived - 18 * hour && date <= arrived + 2 * hour;
  return isNear ? date : undefined;
}

function tagList(ddtags: unknown): string[] {
  const tags = Array.isArray(ddtags) ? ddtags.map(textOf) : textOf(ddtags ?? "").split(",");
  return tags.map((tag) => tag.trim()).filter((tag) => tag !== "");
}

/** Datadog's defaults for the preprocessing of JSON logs. */
const jsonFields = {
  timestamp: ["@timestamp", "timestamp", "_timestamp", "Timestamp", "eventTime", "date"],
  message: ["message", "msg", "log"],
  status: ["status", "severity", "level", "syslog.severity"],
  host: ["host", "hostname", "syslog.hostname"],
  service: ["service", "syslog.appname"],
  trace_id: ["dd.trace_id", "contextMap.dd.trace_id", "trace_id"],
} as const;

/** A message that is one JSON object becomes attributes, and the well-known ones the log's own. */
function fromJson(event: LogEvent, sent: string, arrived: number): LogEvent {
  const json = objectIn(sent);
  if (json === undefined) {
    return event;
  }
  const take = (name: keyof typeof jsonFields): unknown => {
    const path = jsonFields[name].find((one) => attributeAt(json, one) !== undefined);
    const value = path === undefined ? undefined : attributeAt(json, path);
    if (path !== undefined && name === "message") {
      removeAttribute(json, path);
    }
    return value ?? undefined;
  };
  const status = take("status");
  const message = take("message");
  // an object at the message joins the other attributes, and the text stays as it came
  const attributes = isObject(message) ? { ...json, ...message } : json;
  const text = (name: "host" | "service" | "trace_id"): string => textOf(take(name) ?? event[name]);
  return {
    ...event,
    timestamp: near(dateOf(take("timestamp")), arrived) ?? event.timestamp,
    message: isObject(message) ? event.message : textOf(message ?? event.message),
    status: status === undefined ? event.status : statusOf(status),
    host: text("host"),
    service: text("service"),
    trace_id: text("trace_id"),
    attributes: { ...event.attributes, ...attributes },
  };
}

function objectIn(message: string): Attributes | undefined {
  if (!/^\s*\{[^]*\}\s*$/.test(message)) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(message);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The same without half surrogates, in every text and key of it. */
function wellFormedIn(value: unknown): unknown {
  if (typeof value === "string") {
    return wellFormed(value);
  }
  if (Array.isArray(value)) {
    return value.map(wellFormedIn);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [wellFormed(key), wellFormedIn(inner)]),
      )
    : value;
}
