import { isDeepStrictEqual } from "node:util";
import type { PropertyChange } from "./provider.ts";
import { isPropertyList, isPropertyMap, Secret, type PropertyValue } from "./property-value.ts";

type Segment = string | number;

/**
 * What differs between two values, as deep as it differs: a changed item of a list is one change,
 * not the whole list. Secrets are compared by content and never looked into.
 */
export function diffValues(
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
  at: readonly Segment[] = [],
): PropertyChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [{ path: propertyPath(at), kind: "add" }];
  if (after === undefined) return [{ path: propertyPath(at), kind: "delete" }];
  if (isPropertyMap(before) && isPropertyMap(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => diffValues(before[name], after[name], [...at, name]));
  }
  if (isPropertyList(before) && isPropertyList(after)) {
    const indexes = Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i);
    return indexes.flatMap((index) => diffValues(before[index], after[index], [...at, index]));
  }
  if (before instanceof Secret !== after instanceof Secret) return diffSecrecy(before, after, at);
  return [{ path: propertyPath(at), kind: "update" }];
}

/** A value that only became, or ceased to be, secret has not changed for the provider. */
function diffSecrecy(before: PropertyValue, after: PropertyValue, at: readonly Segment[]) {
  const content = (value: PropertyValue) => (value instanceof Secret ? value.value : value);
  const same = isDeepStrictEqual(content(before), content(after));
  return same ? [] : [{ path: propertyPath(at), kind: "update" as const }];
}

/** Pulumi's notation: `spec.ports[0].port`, with `["a.b"]` for names that hold `.`, `[` or `"`. */
export function propertyPath(segments: readonly Segment[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number") return `${path}[${segment}]`;
    if (/[.["\]]/.test(segment)) return `${path}["${segment.replaceAll('"', '\\"')}"]`;
    return path === "" ? segment : `${path}.${segment}`;
  }, "");
}
