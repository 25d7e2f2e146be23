import type { Resource, Stack } from "../../../policies/rule.ts";

/** Instead of a value, it removes the property. */
export const GONE: unique symbol = Symbol("gone");

type Path = readonly (string | number)[];

/** One change of one resource, or a resource that is added. */
export interface Change {
  /** Type and name of the resource, for instance `Deployment payment`. */
  readonly on: string;
  readonly path: Path;

  /** New value, or GONE. */
  readonly to: unknown;
}

/** What must be true of one rule, told as changes to a stack that complies with all of them. */
export interface RuleCase {
  readonly rule: string;

  /** State that the stack is in; the healthy one when absent. */
  readonly state?: string;

  /** Resources that comply, where the stack itself declares none of the kind. */
  readonly given?: readonly Resource[];

  /** Breaks the rule, and no other. */
  readonly violating: Change | Resource;

  /**
   * A property whose absence breaks the rule, too; or does not, where that is said. Absent for a
   * rule that goes by the type alone: a resource without any property breaks it as well.
   */
  readonly missing?: Omit<Change, "to"> & { readonly passes?: true };

  /** A value without which the rule cannot say anything; absent where it reads none. */
  readonly unknown?: Omit<Change, "to">;
}

/** A resource of stack `sandbox`. */
export function resource(type: string, name: string, inputs: object): Resource {
  const urn = `urn:pulumi:sandbox::sock-shop::${type}::${name}`;
  return { urn, type, name, stack: "sandbox", inputs: inputs as Resource["inputs"] };
}

/** A Deployment `shop` with one container of the same name. */
export function deployment(container: object, annotations: object = {}): Resource {
  return resource("kubernetes:apps/v1:Deployment", "shop", {
    metadata: { annotations },
    spec: { template: { spec: { containers: [{ name: "shop", ...container }] } } },
  });
}

/** A stack after a change; the stack itself stays as it is. */
export function changed(stack: Stack, change: Change | Resource): Stack {
  if (!("on" in change)) return { ...stack, resources: [...stack.resources, change] };
  const { on, path, to } = change;
  if (on === "the stack") return { ...stack, [String(path[0])]: to };
  let found = 0;
  const resources = stack.resources.map((it) => {
    if (!matches(it, on)) return it;
    found += 1;
    return { ...it, inputs: withValue(it.inputs, path, to) as Resource["inputs"] };
  });
  if (found !== 1) throw new Error(`${found} resources are ${on}`);
  return { ...stack, resources };
}

/** Whether a resource is meant by type and name. */
function matches({ type, name }: Resource, on: string): boolean {
  const [kind = "", wanted] = on.split(" ");
  return name === wanted && type.split(":").at(-1) === kind;
}

function withValue(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      index === key ? withValue(item, rest, to) : (item as unknown),
    );
  }
  const object = (value ?? {}) as Record<string, unknown>;
  const inner = withValue(object[key], rest, to);
  const others = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries(inner === GONE ? others : [...others, [key, inner]]);
}
