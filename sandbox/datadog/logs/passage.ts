import type { Processor } from "../state.ts";
import { attributeAt, type LogEvent } from "./log-event.ts";

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

export function unchanged(why: string): Effect {
  return { unchanged: why };
}

export function sourcesOf(processor: Processor): string[] {
  return (processor["sources"] ?? []) as string[];
}

const ownFields = ["message", "service", "status", "host", "source", "trace_id"] as const;

/** An attribute, or without one of that name a field of the log itself. */
export function valueAt(event: LogEvent, path: string): unknown {
  const attribute = attributeAt(event.attributes, path);
  const field = ownFields.find((name) => name === path);
  const own = field === undefined || event[field] === "" ? undefined : event[field];
  return attribute ?? own;
}

/** The first source that holds an attribute, with its value. */
export function firstAttribute(
  { attributes }: LogEvent,
  sources: readonly string[],
): { readonly source: string; readonly value: unknown } | undefined {
  return sources
    .map((source) => ({ source, value: attributeAt(attributes, source) }))
    .find(({ value }) => value !== undefined && value !== null);
}
