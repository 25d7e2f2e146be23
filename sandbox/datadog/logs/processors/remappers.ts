import type { Processor } from "../../state.ts";
import { dateOf } from "./date.ts";
import { type LogEvent, removeAttribute, statusOf, textOf } from "../log-event.ts";
import {
  type Effect,
  firstAttribute,
  type Passage,
  type PlainProcessor,
  sourcesOf,
  unchanged,
} from "../passage.ts";

/**
 * Remappers of a log's own fields. Those of message, trace id and span id take their source away;
 * those of status, service and date keep it.
 */
export const fieldRemappers = {
  "date-remapper": remapDate,
  "status-remapper": firstOf((event, value) => (event.status = statusOf(value))),
  "service-remapper": firstOf((event, value) => (event.service = textOf(value))),
  "message-remapper": firstOf((event, value) => (event.message = textOf(value)), "consumes"),
  "trace-id-remapper": firstOf((event, value) => (event.trace_id = textOf(value)), "consumes"),
  "span-id-remapper": firstOf((event, value) => (event.span_id = textOf(value)), "consumes"),
} satisfies Record<string, PlainProcessor>;

/** Datadog takes the first remapper of these kinds alone, in the order of the pipelines. */
function firstOf(
  assign: (event: LogEvent, value: unknown) => void,
  source: "keeps" | "consumes" = "keeps",
): PlainProcessor {
  return ({ event, decided }, processor) => {
    if (decided.has(processor.type)) {
      return unchanged(`an earlier ${processor.type} has decided`);
    }
    const sources = sourcesOf(processor);
    const found = firstAttribute(event, sources);
    if (found === undefined) {
      return unchanged(`no attribute ${sources.join(", ")}`);
    }
    assign(event, found.value);
    if (source === "consumes") {
      removeAttribute(event.attributes, found.source);
    }
    decided.add(processor.type);
    return "applied";
  };
}

const hour = 3_600_000;
/** Datadog takes logs stamped up to 18 hours ago, and up to 2 hours ahead. */
const oldest = 18 * hour;
const newest = 2 * hour;

function remapDate({ event, arrived }: Passage, processor: Processor): Effect {
  const sources = sourcesOf(processor);
  const found = firstAttribute(event, sources);
  if (found === undefined) {
    return unchanged(`no attribute ${sources.join(", ")}`);
  }
  const date = dateOf(found.value);
  if (date === undefined) {
    return unchanged(`${textOf(found.value)} is no date`);
  }
  if (date < arrived - oldest || date > arrived + newest) {
    const when = new Date(date).toISOString();
    return unchanged(`${when} is more than 18 hours ago or more than 2 hours ahead`);
  }
  event.timestamp = date;
  return "applied";
}
