import { isDeepStrictEqual } from "node:util";
import { propertyPath } from "../../grpc/property-diff.ts";
import {
  isPropertyList,
  isPropertyMap,
  reveal,
  UNKNOWN,
  type PropertyMap,
  type PropertyValue,
} from "../../grpc/property-value.ts";
import type { PropertyChange } from "../../grpc/provider.ts";
import { canonicalJson, parseJson } from "../api/canonical-json.ts";
import { DEFAULTS, type Property, type Shape } from "./shape.ts";

type Path = readonly (string | number)[];

/** What a user would call a change between two sets of checked inputs. */
export function compareInputs(
  shape: Shape,
  before: PropertyMap,
  after: PropertyMap,
  at: Path = [],
): PropertyChange[] {
  return Object.entries(shape).flatMap(([name, property]) => {
    const isLeftToApi = property.computed && after[name] === undefined;
    if (property.local || isLeftToApi || isDroppedDefault(property, name, before, after)) return [];
    return compareValues(property, before[name], after[name], [...at, name]);
  });
}

/**
 * Whether the state lacks what a default fills in: a refresh by the official plugin drops inputs that
 * are at their default.
 */
function isDroppedDefault(
  property: Property,
  name: string,
  before: PropertyMap,
  after: PropertyMap,
): boolean {
  const filledIn = after[DEFAULTS];
  return (
    before[name] === undefined &&
    "default" in property &&
    after[name] === property.default &&
    isPropertyList(filledIn) &&
    filledIn.includes(name)
  );
}

function compareValues(
  property: Property,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
  at: Path,
): PropertyChange[] {
  const old = before === undefined ? undefined : reveal(before);
  const next = after === undefined ? undefined : reveal(after);
  if (sameValue(property, old, next)) return [];
  const inner = compareParts(property, old, next, at);
  const changes = inner ?? [{ path: propertyPath(at), kind: changeKind(old, next) }];
  return property.replace ? changes.map((change) => ({ ...change, replace: true })) : changes;
}

/** The changes inside of objects and lists of objects; undefined where only the whole can change. */
function compareParts(
  property: Property,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
  at: Path,
): PropertyChange[] | undefined {
  if (property.kind === "object" && isPropertyMap(before) && isPropertyMap(after)) {
    return compareInputs(property.shape, before, after, at);
  }
  if (property.kind === "list" && isPropertyList(before) && isPropertyList(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      compareValues(property.of, before[index], after[index], [...at, index]),
    ).flat();
  }
  return undefined;
}

/** Whether the API would see the same: an empty value is the same as none. */
export function sameValue(
  property: Property,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
): boolean {
  return isDeepStrictEqual(normal(property, before), normal(property, after));
}

/** The value in the one form that all equivalent ones share; undefined when it is empty. */
function normal(property: Property, value: PropertyValue | undefined): unknown {
  if (value === undefined || value === UNKNOWN) return value;
  const form = normalForm(property, reveal(value));
  const empty = form === "" || form === null || (Array.isArray(form) && form.length === 0);
  const zero = (form === false || form === 0) && !("default" in property);
  return empty || zero ? undefined : form;
}

function normalForm(property: Property, value: PropertyValue): unknown {
  if (isPropertyList(value) && "of" in property) {
    // An empty item of a list keeps its place.
    const parts = value.map((part) => normal(property.of, part) ?? null);
    return property.kind === "set" ? parts.map((part) => JSON.stringify(part)).sort() : parts;
  }
  if (isPropertyMap(value) && property.kind === "object") {
    const names = Object.keys(value).filter((name) => name !== DEFAULTS);
    const parts = names.sort().flatMap((name) => {
      const part = property.shape[name];
      const form = part === undefined ? value[name] : normal(part, value[name]);
      return form === undefined ? [] : [[name, form] as const];
    });
    return Object.fromEntries(parts);
  }
  // As text, so that a threshold of "0" is not taken for an empty one.
  if (property.kind === "numeric") return value === "" ? "" : String(Number(value));
  if (property.kind === "json" && typeof value === "string") return canonicalJson(parseJson(value));
  return value;
}

function changeKind(before: unknown, after: unknown): PropertyChange["kind"] {
  if (before === undefined) return "add";
  return after === undefined ? "delete" : "update";
}
