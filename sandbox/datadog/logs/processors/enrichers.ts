import type { Processor } from "../../state.ts";
import { arithmetic } from "./arithmetic.ts";
import { attributeAt, setAttribute, textOf } from "../log-event.ts";
import { type Effect, type Passage, sourcesOf, unchanged, valueAt } from "../passage.ts";
import { urlDetails } from "./url-details.ts";

/** Fills a template such as `%{http.method} %{http.url}`. */
export function buildString({ event }: Passage, processor: Processor): Effect {
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

/** Computes a formula over attributes; a text that is a number counts as one. */
export function calculate({ event }: Passage, processor: Processor): Effect {
  const isReplaced = processor["is_replace_missing"] === true;
  const result = arithmetic(String(processor["expression"]), (path) => {
    const value = attributeAt(event.attributes, path) ?? (isReplaced ? 0 : undefined);
    return numberOf(value);
  });
  if (typeof result !== "number") {
    return unchanged(result.why);
  }
  setAttribute(event.attributes, String(processor["target"]), result);
  return "applied";
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Maps a value by a table of `key,value` lines; blanks around both do not count. */
export function lookUp({ event }: Passage, processor: Processor): Effect {
  const source = String(processor["source"]);
  const value = valueAt(event, source);
  if (value === undefined) {
    return unchanged(`no attribute ${source}`);
  }
  const rows = (processor["lookup_table"] ?? []) as string[];
  const row = rows.find((line) => line.slice(0, commaIn(line)).trim() === textOf(value).trim());
  const mapped = row === undefined ? processor["default_lookup"] : row.slice(commaIn(row) + 1);
  if (typeof mapped !== "string" || mapped === "") {
    return unchanged(`no row for ${textOf(value)}`);
  }
  setAttribute(event.attributes, String(processor["target"]), mapped.trim());
  return "applied";
}

function commaIn(line: string): number {
  const comma = line.indexOf(",");
  return comma < 0 ? line.length : comma;
}

/** Takes a URL apart: the first source that holds one. */
export function parseUrl({ event }: Passage, processor: Processor): Effect {
  const sources = sourcesOf(processor);
  const found = sources.map((path) => valueAt(event, path)).find((one) => typeof one === "string");
  if (found === undefined) {
    return unchanged(`no attribute ${sources.join(", ")}`);
  }
  const isNormalized = processor["normalize_ending_slashes"] === true;
  setAttribute(event.attributes, String(processor["target"]), urlDetails(found, isNormalized));
  return "applied";
}
