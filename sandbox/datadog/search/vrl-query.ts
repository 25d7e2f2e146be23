import { attributeAt, type LogEvent } from "../logs/log-event.ts";
import type { Field, Search, Term, Test } from "./syntax.ts";

/** Searches for VRL's `match_datadog_query`, and how a log must look for them. */
export interface VrlQueries {
  readonly queries: readonly string[];
  readonly shape: (event: LogEvent) => Record<string, unknown>;
}

/**
 * Writes searches for VRL 0.15. VRL reads its own precedence into AND beside OR, joins bare words
 * to a phrase, tells capitals apart in messages and looks for `@a` at `.custom.a` by a path syntax
 * of its own. So every term gets brackets, the message goes in small letters, and the attributes
 * under plain names, of which the log carries those alone that the searches ask for.
 */
export function vrlQueries(searches: readonly Search[]): VrlQueries {
  const paths: string[] = [];
  const nameOf = (path: string): string => {
    const at = paths.indexOf(path);
    return `a${at < 0 ? paths.push(path) - 1 : at}`;
  };
  const queries = searches.map((search) => written(search, nameOf));
  return { queries, shape: (event) => shapeOf(event, paths) };
}

function shapeOf(event: LogEvent, paths: readonly string[]): Record<string, unknown> {
  const found = paths.map((path, at) => [`a${at}`, attributeAt(event.attributes, path)]);
  const { host, source, status, service, trace_id, tags } = event;
  const reserved = Object.entries({ host, source, status, service, trace_id });
  return {
    // what is empty does not exist
    ...Object.fromEntries(reserved.filter(([, value]) => value !== "")),
    message: event.message.toLowerCase(),
    tags,
    custom: Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== null)),
  };
}

type NameOf = (path: string) => string;

function written(search: Search, nameOf: NameOf): string {
  switch (search.kind) {
    case "everything":
      return "*:*";
    case "not":
      return `NOT (${written(search.of, nameOf)})`;
    case "and":
    case "or":
      return search.of
        .map((part) => `(${written(part, nameOf)})`)
        .join(search.kind === "and" ? " AND " : " OR ");
    case "term":
      return search.field.kind === "message" || search.field.kind === "all"
        ? messageTerm(search.test)
        : fieldTerm(search, search.field, nameOf);
  }
}

/** Datadog does not index what is no word: such edges of a phrase are nothing to look for. */
function messageTerm(test: Test): string {
  if (test.kind === "like") {
    return `message:${test.pattern.toLowerCase()}`;
  }
  const words = test.kind === "equals" ? bareWords(test.text) : "";
  return words === "" ? "*:*" : `message:${quoted(words)}`;
}

/** A text without what stands before its first and after its last word, in small letters. */
export function bareWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}_]+/u, "")
    .replace(/[^\p{L}\p{N}_]+$/u, "");
}

function fieldTerm({ test }: Term, field: Field, nameOf: NameOf): string {
  const name = fieldName(field, nameOf);
  switch (test.kind) {
    case "exists":
      return `_exists_:${name}`;
    case "equals":
      return `${name}:${quoted(test.text)}`;
    case "like":
      return `${name}:${test.pattern}`;
    case "compare":
      return `${name}:${test.by}${escaped(test.value)}`;
    case "range": {
      const [open, close] = test.inclusive ? "[]" : "{}";
      return `${name}:${open}${escaped(test.from)} TO ${escaped(test.to)}${close}`;
    }
  }
}

function fieldName(field: Field, nameOf: NameOf): string {
  switch (field.kind) {
    case "attribute":
      return `@${nameOf(field.path)}`;
    case "reserved":
      return field.name;
    case "tag":
      return escaped(field.key);
    case "message":
    case "all":
      return "message";
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\s()":[\]{}\\*?<>=!~^+]/g, "\\$&");
}
