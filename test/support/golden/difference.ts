import { isDeepStrictEqual } from "node:util";
import { type GraphEntry, keyOf } from "./golden.ts";

/** What one state declares otherwise than another, in a form that a review can read. */
interface Difference {
  readonly added: readonly GraphEntry[];

  /** Type and name of each. */
  readonly removed: readonly string[];

  /** Old and new value at each place that differs, such as `spec.replicas`, by type and name. */
  readonly changed: Readonly<Record<string, Readonly<Record<string, Change>>>>;
}

/** A value that is absent on one side is absent here, too. */
interface Change {
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The difference of a graph from a base. */
export function differenceOf(
  base: readonly GraphEntry[],
  graph: readonly GraphEntry[],
): Difference {
  const before = new Map(base.map((entry) => [keyOf(entry), entry]));
  const after = new Map(graph.map((entry) => [keyOf(entry), entry]));
  const changes = [...after].map(([key, { inputs }]) => {
    const old = before.get(key);
    return [key, old ? changesIn(old.inputs, inputs, "") : {}] as const;
  });
  return {
    changed: Object.fromEntries(changes.filter(([, found]) => Object.keys(found).length > 0)),
    removed: [...before.keys()].filter((key) => !after.has(key)),
    added: graph.filter((entry) => !before.has(keyOf(entry))),
  };
}

/** Lists are compared as a whole where their lengths differ, else element by element. */
function changesIn(from: unknown, to: unknown, path: string): Record<string, Change> {
  if (isDeepStrictEqual(from, to)) return {};
  const pair = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  if (!isTree(from) || !isTree(to) || Array.isArray(from) !== Array.isArray(to)) {
    return { [path]: pair };
  }
  if (Array.isArray(from) && from.length !== (to as { length?: unknown }).length) {
    return { [path]: pair };
  }
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.assign(
    {},
    ...keys.map((key) => changesIn(from[key], to[key], path === "" ? key : `${path}.${key}`)),
  ) as Record<string, Change>;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
