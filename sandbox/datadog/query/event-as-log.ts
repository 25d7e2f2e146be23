import type { LogEvent } from "../logs/log-event.ts";
import type { Event } from "../state.ts";

/** How severe an alert type is, in the words of an event's status. */
const statuses: Partial<Record<string, string>> = {
  error: "error",
  warning: "warn",
  success: "ok",
};

/** An event as a search sees it: the syntax is that of logs, the text is title and body. */
export function eventAsLog(event: Event): LogEvent {
  const { id, title, text, date_happened: seconds, tags, priority, alert_type: type } = event;
  const source = sourceOf(event);
  return {
    id: String(id),
    timestamp: seconds * 1000,
    message: `${title}\n${text}`,
    status: statuses[type] ?? "info",
    host: textOf(event["host"]) || tagValue(tags, "host"),
    service: tagValue(tags, "service"),
    source,
    trace_id: "",
    tags,
    attributes: {
      title,
      aggregation_key: event["aggregation_key"],
      priority: priority ?? "normal",
      alert_type: type,
      evt: { name: title, type: source, source_id: id },
      ...(event["monitor_id"] !== undefined && { monitor_id: event["monitor_id"] }),
    },
  };
}

/** The source that was posted, or that a tag names; an event of the API has `api`. */
export function sourceOf(event: Event): string {
  const tagged = tagValue(event.tags, "source");
  return tagged || textOf(event["source_type_name"]).toLowerCase() || "api";
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function tagValue(tags: readonly string[], key: string): string {
  return tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1) ?? "";
}
