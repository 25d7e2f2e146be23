import type { Step } from "../pulumi/preview-events.ts";

/** How one resource differs between two states of the flag. */
export interface Difference {
  /** Types from the outermost component to the resource, with `$` in between. */
  readonly path: string;

  /** Type and name. */
  readonly resource: string;
  readonly operation: "create" | "delete" | "update" | "replace";

  /**
   * Properties that differ, such as `spec.replicas`; none for what is created or deleted, and for
   * what the engine changes without a reason, such as a secret.
   */
  readonly properties: readonly string[];
}

/** Every difference between what two previews ask for, in the order of the resources. */
export function differences(from: readonly Step[], to: readonly Step[]): readonly Difference[] {
  const before = declared(from);
  const after = declared(to);
  const replaced = new Set([...from, ...to].filter(isReplacement).map(({ urn }) => urn));
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((urn) => {
    const old = before.get(urn);
    const now = after.get(urn);
    if (old === undefined && now !== undefined) return [difference(now, "create", [])];
    if (now === undefined && old !== undefined) return [difference(old, "delete", [])];
    if (old === undefined || now === undefined) return [];
    const properties = changedPaths(old.inputs, now.inputs);
    // secrets are masked, and a replacement can be decided by what is no input
    if (properties.length === 0 && old.operation === now.operation) return [];
    return [difference(now, replaced.has(urn) ? "replace" : "update", properties)];
  });
}

/** Paths of the properties that differ, the deepest that can be named. */
export function changedPaths(a: unknown, b: unknown, path = ""): readonly string[] {
  if (isObject(a) && isObject(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    return keys.flatMap((key) => changedPaths(a[key], b[key], path ? `${path}.${key}` : key));
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((item, index) => changedPaths(item, b[index], `${path}[${index}]`));
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [path];
}

function declared(steps: readonly Step[]): Map<string, Step> {
  const kept = steps.filter(({ operation }) => !/^(delete|discard|read-discard)/.test(operation));
  return new Map(kept.map((step) => [step.urn, step]));
}

function isReplacement({ operation }: Step): boolean {
  return operation.includes("replace");
}

function difference(
  { urn, type, name }: Step,
  operation: Difference["operation"],
  properties: readonly string[],
): Difference {
  const path = urn.split("::")[2] ?? "";
  return { path, resource: `${type} ${name}`, operation, properties };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
