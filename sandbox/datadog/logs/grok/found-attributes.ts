import { type Attributes, isObject, mergeAttributes, setAttribute } from "../log-event.ts";
import type { Capture } from "./translate-rules.ts";

/** What VRL found, with the captures converted and put where they belong. */
export function foundAttributes(
  found: Attributes,
  captures: ReadonlyMap<string, Capture>,
  arrived: number,
): Attributes {
  const result: Attributes = {};
  for (const [key, value] of Object.entries(found)) {
    const capture = captures.get(key);
    if (capture === undefined) {
      mergeAttributes(result, { [key]: value });
    } else {
      put(result, capture.path, convertedOf(capture, value, arrived));
    }
  }
  return result;
}

/** A capture that a rule has several times is a list. */
function convertedOf({ convert }: Capture, value: unknown, arrived: number): unknown {
  if (!Array.isArray(value)) {
    return typeof value === "string" ? convert(value, arrived) : undefined;
  }
  const texts = value.filter((one) => typeof one === "string");
  return texts.map((text) => convert(text, arrived));
}

function put(result: Attributes, path: string, value: unknown): void {
  if (value === undefined) return;
  if (path !== "") setAttribute(result, path, value);
  else if (isObject(value)) mergeAttributes(result, value);
}
