import type { Log } from "../api/shapes.ts";

/** Facets that every log has. */
export const reservedFacets = ["service", "status", "source", "host"] as const;

/** A facet that has as many values as this among the logs seen is no facet but an id. */
const mostValues = 12;

const mostFacets = 12;

/** Attribute paths (`@order.outcome`) that tell the logs apart and repeat, the most frequent first. */
export function attributeFacets(logs: readonly Log[]): readonly string[] {
  const values = new Map<string, { count: number; seen: Set<string> }>();
  for (const { attributes } of logs) {
    for (const [path, value] of leaves(attributes.attributes)) {
      const known = values.get(path) ?? { count: 0, seen: new Set() };
      known.count += 1;
      if (known.seen.size <= mostValues) known.seen.add(value);
      values.set(path, known);
    }
  }
  return [...values]
    .filter(([, { count, seen }]) => seen.size <= mostValues && count > seen.size)
    .toSorted(([a, one], [b, other]) => other.count - one.count || a.localeCompare(b))
    .slice(0, mostFacets)
    .map(([path]) => `@${path}`);
}

/** The plain values of an attribute tree by their paths; lists and empty objects are left out. */
export function leaves(
  attributes: Readonly<Record<string, unknown>>,
  prefix = "",
): readonly (readonly [path: string, value: string])[] {
  return Object.entries(attributes).flatMap(([key, value]) => {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    if (typeof value === "object" && value !== null) {
      return Array.isArray(value) ? [] : leaves({ ...value }, path);
    }
    const isPlain = ["string", "number", "boolean"].includes(typeof value);
    return isPlain ? [[path, String(value)] as const] : [];
  });
}
