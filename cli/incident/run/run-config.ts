import { isMap, parse, parseDocument } from "yaml";

/** What a run asks of the stack's configuration. */
export interface RunConfig {
  /** In the words of group `load`; `runTime` such as `300s`. */
  readonly load: { readonly users?: number; readonly seed: number; readonly runTime: string };

  /** False mutes the monitors while the drill lasts. */
  readonly notifyDrills: boolean;
}

const keys = ["sock-shop:load", "sock-shop:notifyDrills"] as const;

/** The stack's file with what a run asks for; everything else stays to the letter. */
export function configForRun(text: string, { load, notifyDrills }: RunConfig): string {
  const document = parseDocument(text);
  const own = groupOf(document.getIn(["config", keys[0]]));
  const node = document.createNode({ ...own, ...load });
  if (isMap(node)) node.flow = true;
  document.setIn(["config", keys[0]], node);
  document.setIn(["config", keys[1]], notifyDrills);
  return document.toString({ lineWidth: 0 });
}

/** A group may also be written as JSON in a text. */
function groupOf(value: unknown): object {
  if (isMap(value)) return value.toJSON() as object;
  return typeof value === "string" ? (JSON.parse(value) as object) : {};
}

/**
 * The stack's file as it was before a run. The run's own text is given back to the letter where
 * nothing else has changed but the flag's own key.
 */
export function restoredConfig(before: string, now: string): string {
  if (sameElsewhere(before, now)) return before;
  const document = parseDocument(now);
  for (const key of keys) {
    const own: unknown = parseDocument(before).getIn(["config", key], true);
    if (own === undefined) document.deleteIn(["config", key]);
    else document.setIn(["config", key], own);
  }
  return document.toString({ lineWidth: 0 });
}

function sameElsewhere(one: string, other: string): boolean {
  return JSON.stringify(otherKeys(one)) === JSON.stringify(otherKeys(other));
}

/** Pulumi sorts the keys when it writes the file. */
function otherKeys(text: string): unknown {
  const file = parse(text) as { config?: Record<string, unknown> } | null;
  const own: readonly string[] = keys;
  const entries = Object.entries(file?.config ?? {}).filter(([name]) => !own.includes(name));
  return { ...file, config: entries.sort(([a], [b]) => a.localeCompare(b)) };
}
