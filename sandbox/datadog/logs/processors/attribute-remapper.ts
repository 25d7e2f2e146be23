import type { Processor } from "../../state.ts";
import {
  attributeAt,
  isObject,
  type LogEvent,
  removeAttribute,
  setAttribute,
  textOf,
} from "../log-event.ts";
import { type Effect, type Passage, sourcesOf, unchanged } from "../passage.ts";

/** Moves or copies an attribute or a tag to another. */
export function remapAttribute({ event }: Passage, processor: Processor): Effect {
  const sources = sourcesOf(processor);
  const isTag = processor["source_type"] === "tag";
  const found = sources
    .map((source) => ({
      source,
      value: isTag ? tagValue(event, source) : attributeAt(event.attributes, source),
    }))
    .find(({ value }) => value !== undefined);
  if (found === undefined) {
    return unchanged(`no ${isTag ? "tag" : "attribute"} ${sources.join(", ")}`);
  }
  const target = String(processor["target"]);
  const toTag = processor["target_type"] === "tag";
  const there = toTag ? tagValue(event, target) : attributeAt(event.attributes, target);
  if (there !== undefined && processor["override_on_conflict"] !== true) {
    consume(event, found.source, processor);
    return unchanged(`${target} is there already`);
  }
  const value = formatted(found.value, processor["target_format"]);
  if (value === undefined) {
    return unchanged(`${textOf(found.value)} is no ${String(processor["target_format"])}`);
  }
  consume(event, found.source, processor);
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

/** Without preserveSource the source goes, even where the target is kept as it was. */
function consume(event: LogEvent, source: string, processor: Processor): void {
  if (processor["preserve_source"] === true) {
    return;
  }
  if (processor["source_type"] === "tag") {
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
