import type { Processor } from "../state.ts";
import { arithmetic } from "./arithmetic.ts";
import { dateOf } from "./date.ts";
import {
  attributeAt,
  isObject,
  type LogEvent,
  removeAttribute,
  setAttribute,
  statusOf,
  textOf,
} from "./log-event.ts";

/** One log on its way: what is decided by the first or last processor of a kind is noted here. */
export interface Passage {
  readonly event: LogEvent;
  /** Types of which the first processor that found a value has decided already. */
  readonly decided: Set<string>;
  /** When the log arrived, in milliseconds: dates too far from it are not taken. */
  readonly arrived: number;
}

/** What a processor did: a sentence where it left the log as it was. */
export type Effect = "applied" | { readonly unchanged: string };

export type PlainProcessor = (passage: Passage, processor: Processor) => Effect;

/** The processors that need nothing but the log. Grok and categories ask VRL. */
export const plainProcessors: Partial<Record<string, PlainProcessor>> = {
  "date-remapper": remapDate,
  "status-remapper": firstOf((event, value) => (event.status = statusOf(value))),
  "service-remapper": firstOf((event, value) => (event.service = textOf(value))),
  "message-remapper": firstOf((event, value) => (event.message = textOf(value))),
  "trace-id-remapper": firstOf((event, value) => (event.trace_id = textOf(value))),
  "attribute-remapper": remapAttribute,
  "string-builder-processor": buildString,
  "arithmetic-processor": calculate,
};

function unchanged(why: string): Effect {
  return { unchanged: why };
}

function sourcesOf(processor: Processor): string[] {
  return (processor["sources"] ?? []) as string[];
}

/** Datadog takes the first remapper of these kinds alone, in the order of the pipelines. */
function firstOf(assign: (event: LogEvent, value: unknown) => void): PlainProcessor {
  return ({ event, decided }, processor) => {
    if (decided.has(processor.type)) {
      return unchanged(`an earlier ${processor.type} has decided`);
    }
    const sources = sourcesOf(processor);
    const value = firstValue(event, sources);
    if (value === undefined) {
      return unchanged(`no attribute ${sources.join(", ")}`);
    }
    assign(event, value);
    decided.add(processor.type);
    return "applied";
  };
}

function firstValue(event: LogEvent, paths: string[]): unknown {
  return paths.map((path) => valueAt(event, path)).find((value) => value !== undefined);
}

const ownFields = ["message", "service", "status", "host", "source", "trace_id"] as const;

/** An attribute, or where there is none of that name a field of the log itself. */
export function valueAt(event: LogEvent, path: string): unknown {
  const attribute = attributeAt(event.attributes, path);
  const field = ownFields.find((name) => name === path);
  const own = field === undefined || event[field] === "" ? undefined : event[field];
  return attribute ?? own;
}

const hour = 3_600_000;
/** Datadog takes logs stamped up to 18 hours ago, and up to 2 hours ahead. */
const oldest = 18 * hour;
const newest = 2 * hour;

function remapDate({ event, arrived }: Passage, processor: Processor): Effect {
  const sources = sourcesOf(processor);
  const value = firstValue(event, sources);
  if (value === undefined) {
    return unchanged(`no attribute ${sources.join(", ")}`);
  }
  const date = dateOf(value);
  if (date === undefined) {
    return unchanged(`${textOf(value)} is no date`);
  }
  if (date < arrived - oldest || date > arrived + newest) {
    const when = new Date(date).toISOString();
    return unchanged(`${when} is more than 18 hours ago or more than 2 hours ahead`);
  }
  event.timestamp = date;
  return "applied";
}

function remapAttribute({ event }: Passage, processor: Processor): Effect {
  const sources = sourcesOf(processor);
  const isTag = processor["source_type"] === "tag";
  const found = sources
    .map((source) => ({ source, value: isTag ? tagValue(event, source) : valueAt(event, source) }))
    .find(({ value }) => value !== undefined);
  if (found === undefined) {
    return unchanged(`no ${isTag ? "tag" : "attribute"} ${sources.join(", ")}`);
  }
  const target = String(processor["target"]);
  const toTag = processor["target_type"] === "tag";
  const there = toTag ? tagValue(event, target) : attributeAt(event.attributes, target);
  if (there !== undefined && processor["override_on_conflict"] !== true) {
    return unchanged(`${target} is there already`);
  }
  const value = formatted(found.value, processor["target_format"]);
  if (value === undefined) {
    return unchanged(`${textOf(found.value)} is no ${String(processor["target_format"])}`);
  }
  if (processor["preserve_source"] !== true) {
    removeSource(event, found.source, isTag);
  }
  if (toTag) {
    event.tags = [...withoutTag(event.tags, target), `${target}:${textOf(value)}`];
  } else {
    setAttribute(event.attributes, target, value);
  }
  return "applied";
}

function tagValue({ tags }: LogEvent, key: string): string | undefined {
  return tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1);
}

function withoutTag(tags: string[], key: string): string[] {
  return tags.filter((tag) => !tag.startsWith(`${key}:`));
}

function removeSource(event: LogEvent, source: string, isTag: boolean): void {
  if (isTag) {
    event.tags = withoutTag(event.tags, source);
  } else {
    removeAttribute(event.attributes, source);
  }
}

/** `undefined` where the value cannot be cast. */
function formatted(value: unknown, format: unknown): unknown {
  if (format === "string") {
    return textOf(value);
  }
  if (format !== "integer" && format !== "double") {
    return value;
  }
  const number = isObject(value) || textOf(value).trim() === "" ? NaN : Number(value);
  const whole = format === "integer" ? Math.trunc(number) : number;
  return Number.isFinite(whole) ? whole : undefined;
}

function buildString({ event }: Passage, processor: Processor): Effect {
  const missing: string[] = [];
  const text = String(processor["template"]).replaceAll(/%\{([^}]*)\}/g, (_, path: string) => {
    const value = valueAt(event, path.trim());
    if (value === undefined) {
      missing.push(path.trim());
    }
    return Array.isArray(value) ? value.map(textOf).join(",") : textOf(value ?? "");
  });
  if (missing.length > 0 && processor["is_replace_missing"] !== true) {
    return unchanged(`no attribute ${missing.join(", ")}`);
  }
  setAttribute(event.attributes, String(processor["target"]), text);
  return "applied";
}

function calculate({ event }: Passage, processor: Processor): Effect {
  const isReplaced = processor["is_replace_missing"] === true;
  const result = arithmetic(String(processor["expression"]), (path) => {
    const value = attributeAt(event.attributes, path) ?? (isReplaced ? 0 : undefined);
    return typeof value === "number" ? value : undefined;
  });
  if (typeof result !== "number") {
    return unchanged(result.why);
  }
  setAttribute(event.attributes, String(processor["target"]), result);
  return "applied";
}
