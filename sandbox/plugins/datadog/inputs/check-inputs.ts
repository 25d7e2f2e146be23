import { propertyPath } from "../../grpc/property-diff.ts";
import {
  isPropertyList,
  isPropertyMap,
  Secret,
  UNKNOWN,
  type PropertyMap,
  type PropertyValue,
} from "../../grpc/property-value.ts";
import type { CheckFailure } from "../../grpc/provider.ts";
import { parseJson } from "../api/canonical-json.ts";
import { DEFAULTS, type Property, type Scalar, type Shape } from "./shape.ts";

type Path = readonly (string | number)[];

export interface Checked {
  /** The inputs with defaults filled in, and their names in `__defaults`. */
  readonly inputs: PropertyMap;

  /** All problems at once. */
  readonly failures: readonly CheckFailure[];
}

/** Checks inputs against the shape and fills in defaults, as the official plugin does. */
export function checkInputs(shape: Shape, inputs: PropertyMap): Checked {
  const failures: CheckFailure[] = [];
  const checked = checkObject(shape, inputs, { at: [], failures });
  return { inputs: checked, failures };
}

interface Site {
  readonly at: Path;
  readonly failures: CheckFailure[];

  /** Inside of a secret, whose content no message may show. */
  readonly secret?: boolean;
}

function checkObject(shape: Shape, inputs: PropertyMap, site: Site): PropertyMap {
  const given = Object.entries(inputs).filter(
    ([name, value]) => name !== DEFAULTS && value !== undefined && value !== null,
  );
  const checked: Record<string, PropertyValue> = {};
  for (const [name, value] of given) {
    const here = { ...site, at: [...site.at, name] };
    const property = shape[name];
    if (property === undefined) fail(here, UNSUPPORTED);
    else checked[name] = checkValue(property, value ?? null, here);
  }
  const defaulted: string[] = [];
  for (const [name, property] of Object.entries(shape)) {
    if (name in checked) continue;
    if (property.required) fail({ ...site, at: [...site.at, name] }, "is required, but missing");
    const value = defaultOf(property, checked);
    if (value === undefined) continue;
    checked[name] = value;
    defaulted.push(name);
  }
  return { ...checked, [DEFAULTS]: defaulted.sort() };
}

const UNSUPPORTED =
  "is not known to the stand-in for the datadog plugin: remove it, or use the official plugin";

function defaultOf(property: Property, siblings: PropertyMap) {
  if (!("default" in property)) return undefined;
  const off = property.defaultUnless?.some((name) => name in siblings);
  return off ? undefined : property.default;
}

function checkValue(property: Property, value: PropertyValue, site: Site): PropertyValue {
  if (value === UNKNOWN) return value;
  if (value instanceof Secret) {
    return new Secret(checkValue(property, value.value, { ...site, secret: true }));
  }
  if (property.kind === "object") {
    if (isPropertyMap(value)) return checkObject(property.shape, value, site);
    return fail(site, "must be an object", value);
  }
  if ("of" in property) {
    if (!isPropertyList(value)) return fail(site, "must be a list", value);
    return value.map((part, index) =>
      checkValue(property.of, part, { ...site, at: [...site.at, index] }),
    );
  }
  const rule = brokenRule(property, value);
  return rule === undefined ? value : fail(site, rule, value);
}

const RULES: Readonly<Record<Scalar["kind"], readonly [(v: PropertyValue) => boolean, string]>> = {
  string: [(v) => typeof v === "string", "must be a string"],
  boolean: [(v) => typeof v === "boolean", "must be true or false"],
  integer: [(v) => Number.isInteger(v), "must be a whole number"],
  number: [(v) => typeof v === "number", "must be a number"],
  numeric: [(v) => isNumeric(v), 'must be a number in quotes, such as "1.5"'],
  json: [(v) => isJsonText(v), "must be a JSON object as a string"],
  map: [(v) => isMapOfTexts(v), "must be an object of strings"],
};

function brokenRule(property: Scalar, value: PropertyValue): string | undefined {
  const [fits, rule] = RULES[property.kind];
  if (!fits(value)) return rule;
  const { oneOf } = property;
  if (oneOf === undefined || oneOf.some((allowed) => allowed === value)) return undefined;
  return `must be one of ${oneOf.join(", ")}`;
}

function isNumeric(value: PropertyValue): boolean {
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
}

function isMapOfTexts(value: PropertyValue): boolean {
  const isText = (member: PropertyValue | undefined) =>
    typeof member === "string" || member === UNKNOWN || member instanceof Secret;
  return isPropertyMap(value) && Object.values(value).every(isText);
}

function isJsonText(value: PropertyValue): boolean {
  const document = typeof value === "string" ? parseJson(value) : undefined;
  return typeof document === "object" && document !== null && !Array.isArray(document);
}

/** Short, and never a long value: it may be a whole dashboard. */
function shown(value: PropertyValue): string {
  if (isPropertyList(value)) return "a list";
  if (isPropertyMap(value)) return "an object";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function fail(site: Site, rule: string, value?: PropertyValue): PropertyValue {
  const property = propertyPath(site.at);
  const got = site.secret ? "a secret that is not" : value === undefined ? "" : shown(value);
  site.failures.push({ property, reason: got === "" ? rule : `${rule}, got ${got}` });
  return value ?? null;
}
