import { attributeAt, isObject, type LogEvent, textOf } from "../logs/log-event.ts";
import type { Comparison, Field, Search, Test } from "./syntax.ts";
import { bareWords } from "./vrl-query.ts";

export type Predicate = (event: LogEvent) => boolean;

/**
 * A search as a function, for reading the store: the same answers as VRL's matcher gives while
 * logs come in, without a process between. An attribute that is a list matches by any element.
 */
export function predicateOf(search: Search): Predicate {
  switch (search.kind) {
    case "everything":
      return () => true;
    case "not": {
      const inner = predicateOf(search.of);
      return (event) => !inner(event);
    }
    case "and": {
      const all = search.of.map(predicateOf);
      return (event) => all.every((one) => one(event));
    }
    case "or": {
      const all = search.of.map(predicateOf);
      return (event) => all.some((one) => one(event));
    }
    case "term":
      return termPredicate(search.field, search.test);
  }
}

function termPredicate(field: Field, test: Test): Predicate {
  switch (field.kind) {
    case "message":
      return textPredicate(test, (event) => [event.message]);
    case "all":
      return textPredicate(test, (event) => [event.message, ...leavesOf(event.attributes)]);
    case "tag": {
      const values = valuePredicate(test);
      return (event) => tagValues(event, field.key).some(values);
    }
    case "reserved":
    case "attribute": {
      const fits = valuePredicate(test);
      const valueOf =
        field.kind === "reserved"
          ? (event: LogEvent) => event[field.name] || undefined
          : (event: LogEvent) => attributeAt(event.attributes, field.path) ?? undefined;
      return (event) => {
        const value = valueOf(event);
        return Array.isArray(value) ? value.some(fits) : value !== undefined && fits(value);
      };
    }
  }
}

/** Values of `key:value` tags; a tag without a value has an empty one. */
export function tagValues({ tags }: LogEvent, key: string): string[] {
  return tags.flatMap((tag) => {
    if (tag === key) {
      return [""];
    }
    return tag.startsWith(`${key}:`) ? [tag.slice(key.length + 1)] : [];
  });
}

function textPredicate(test: Test, textsOf: (event: LogEvent) => string[]): Predicate {
  const pattern =
    test.kind === "like"
      ? likeSource(test.pattern)
      : literal(bareWords(test.kind === "equals" ? test.text : ""));
  if (pattern === "") {
    return () => true;
  }
  const whole = new RegExp(`${edge("<!", pattern)}${pattern}${edge("!", pattern)}`, "iu");
  return (event) => textsOf(event).some((text) => whole.test(text));
}

/** A word must not go on beyond what is looked for. */
function edge(look: "<!" | "!", pattern: string): string {
  const isOpen = look === "!" ? pattern.endsWith("*") : pattern.startsWith(".*");
  return isOpen ? "" : String.raw`(?${look}[\p{L}\p{N}_])`;
}

function leavesOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(leavesOf);
  }
  return isObject(value) ? Object.values(value).flatMap(leavesOf) : [textOf(value ?? "")];
}

function valuePredicate(test: Test): (value: unknown) => boolean {
  switch (test.kind) {
    case "exists":
      return () => true;
    case "equals":
      return (value) => textOf(value) === test.text;
    case "like": {
      const whole = new RegExp(`^${likeSource(test.pattern)}$`, "u");
      return (value) => whole.test(textOf(value));
    }
    case "compare":
      return (value) => compares(value, test.by, test.value);
    case "range": {
      const [above, below] = test.inclusive ? ([">=", "<="] as const) : ([">", "<"] as const);
      return (value) =>
        (test.from === "*" || compares(value, above, test.from)) &&
        (test.to === "*" || compares(value, below, test.to));
    }
  }
}

/** By number where the log holds a number and one is asked for, else by text. */
function compares(value: unknown, by: Comparison, bound: string): boolean {
  const number = bound.trim() === "" ? NaN : Number(bound);
  const isNumeric = typeof value === "number" && !Number.isNaN(number);
  return isNumeric ? holds(value, by, number) : holds(textOf(value), by, bound);
}

function holds<T extends number | string>(a: T, by: Comparison, b: T): boolean {
  switch (by) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}

/** A pattern as a regular expression: `*` any characters of a line, `?` one, escapes themselves. */
function likeSource(pattern: string): string {
  return pattern.replaceAll(/\\([^])|([^])/gu, (_, kept?: string, plain?: string) => {
    if (plain === "*") {
      return ".*";
    }
    return plain === "?" ? "." : literal(kept ?? plain ?? "");
  });
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
