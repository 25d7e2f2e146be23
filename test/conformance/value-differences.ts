import { isObject } from "../../sandbox/datadog/logs/log-event.ts";

/** One place where a value is not what the recording says; absent values are undefined. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Leaves of two values that differ. Objects by key; everything else as a whole. */
export function valueDifferences(expected: unknown, actual: unknown, path: string): Difference[] {
  if (!isObject(expected) || !isObject(actual)) {
    return isSame(expected, actual) ? [] : [{ path, expected, actual }];
  }
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  return keys.flatMap((key) => valueDifferences(expected[key], actual[key], `${path}.${key}`));
}

/** 1 and 1.0 are the same number; numbers may differ in the last digits of a double. */
function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  if (isObject(one) && isObject(other)) {
    return valueDifferences(one, other, "").length === 0;
  }
  if (typeof one === "number" && typeof other === "number") {
    return one === other || Math.abs(one - other) <= Math.abs(one) * 1e-12;
  }
  return one === other;
}
