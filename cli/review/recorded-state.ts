import { keyOf, type Recorded } from "./declared-changes.ts";

/** A state of the flag as test/golden records it: whole, or as its difference from state none. */
export type RecordedState = readonly Recorded[] | RecordedDifference;

interface RecordedDifference {
  readonly added: readonly Recorded[];
  /** Type and name of each. */
  readonly removed: readonly string[];
  /** The new value at each path that differs, by type and name. */
  readonly changed: Readonly<Record<string, Readonly<Record<string, { readonly to?: unknown }>>>>;
}

/** All resources of a recorded state, given those of state none. */
export function wholeState(none: readonly Recorded[], state: RecordedState): readonly Recorded[] {
  if (!("changed" in state)) return state;
  const removed = new Set(state.removed);
  const kept = none.filter((it) => !removed.has(keyOf(it)));
  return [...kept.map((it) => changed(it, state.changed[keyOf(it)] ?? {})), ...state.added];
}

function changed(
  resource: Recorded,
  changes: Readonly<Record<string, { readonly to?: unknown }>>,
): Recorded {
  const inputs = structuredClone(resource.inputs);
  for (const [path, change] of Object.entries(changes)) set(inputs, path, change);
  return { ...resource, inputs };
}

/** Names such as `pulumi.com/skipAwait` hold dots, so the value itself says where a name ends. */
function set(tree: unknown, path: string, change: { readonly to?: unknown }): void {
  if (!isTree(tree)) return;
  const inner = Object.keys(tree)
    .filter((name) => path.startsWith(`${name}.`) && isTree(tree[name]))
    .sort((a, b) => b.length - a.length)[0];
  if (inner !== undefined && !(path in tree)) {
    set(tree[inner], path.slice(inner.length + 1), change);
  } else if ("to" in change) {
    tree[path] = change.to;
  } else {
    Reflect.deleteProperty(tree, path);
  }
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
