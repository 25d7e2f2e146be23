import { type ApiVersion, type Attribute, elementType, modelOf, valueType } from "./api-models.ts";

/** One thing wrong with a body: where, what stands there and what may stand there. */
export interface Problem {
  path: string;
  got: string;
  allowed: string;
}

interface Place {
  version: ApiVersion;
  path: string;
  format?: string | undefined;
}

/** Everything wrong with `value` as a `type` of the official client's models; empty if it fits. */
export function problemsOf(version: ApiVersion, type: string, value: unknown): Problem[] {
  const place = { version, path: "" };
  return value === null ? problem(place, value, "an object") : check(place, type, value);
}

/** A problem as one line for a reply. */
export function problemText({ path, got, allowed }: Problem): string {
  return `Invalid payload: ${path === "" ? "the body" : `'${path}'`} is ${got}: must be ${allowed}`;
}

function check(place: Place, type: string, value: unknown): Problem[] {
  if (type === "any" || value === null) {
    return [];
  }
  const elements = elementType(type);
  if (elements !== undefined) {
    return checkArray(place, elements, value);
  }
  const values = valueType(type);
  if (values !== undefined) {
    return checkMap(place, values, value);
  }
  const primitive = primitives[type];
  if (primitive !== undefined) {
    return primitive(place, value);
  }
  return checkModel(place, type, value);
}

function problem(place: Place, value: unknown, allowed: string): Problem[] {
  return [{ path: place.path, got: shown(value), allowed }];
}

/** What was got, short enough for one line. */
function shown(value: unknown): string {
  if (value === undefined) {
    return "missing";
  }
  if (Array.isArray(value)) {
    return "an array";
  }
  if (typeof value === "object" && value !== null) {
    return "an object";
  }
  const text = JSON.stringify(value);
  const short = text.length > 80 ? `${text.slice(0, 77)}…"` : text;
  return value === null ? "null" : `${short} (${typeof value})`;
}

const primitives: Partial<Record<string, (place: Place, value: unknown) => Problem[]>> = {
  string: (place, value) => (typeof value === "string" ? [] : problem(place, value, "a string")),
  boolean: (place, value) =>
    typeof value === "boolean" ? [] : problem(place, value, "true or false"),
  number: checkNumber,
  Date: (place, value) =>
    typeof value === "string" && !Number.isNaN(Date.parse(value))
      ? []
      : problem(place, value, "a date such as 2027-01-05T10:00:00Z"),
};

function checkNumber(place: Place, value: unknown): Problem[] {
  if (typeof value !== "number") {
    return problem(place, value, "a number");
  }
  const whole = place.format === "int64" || place.format === "int32";
  return whole && !Number.isInteger(value) ? problem(place, value, "a whole number") : [];
}

function checkArray(place: Place, elements: string, value: unknown): Problem[] {
  if (!Array.isArray(value)) {
    return problem(place, value, "an array");
  }
  return value.flatMap((element, index) => {
    const at = { ...place, path: `${place.path}[${index}]` };
    return element === null && elements !== "any"
      ? problem(at, element, `present (${elements})`)
      : check(at, elements, element);
  });
}

function checkMap(place: Place, values: string, value: unknown): Problem[] {
  if (!isObject(value)) {
    return problem(place, value, "an object");
  }
  return Object.entries(value).flatMap(([key, entry]) =>
    check({ ...place, path: within(place.path, key) }, values, entry),
  );
}

function checkModel(place: Place, type: string, value: unknown): Problem[] {
  const model = modelOf(place.version, type);
  switch (model.kind) {
    case "enum":
      return model.values.includes(value as string)
        ? []
        : problem(place, value, oneOfText(model.values));
    case "oneOf":
      return checkOneOf(place, model.members, value);
    case "object":
      return isObject(value)
        ? checkObject(place, model, value)
        : problem(place, value, "an object");
  }
}

function checkObject(
  place: Place,
  { attributes, extra }: { attributes: Attribute[]; extra: string | undefined },
  value: Record<string, unknown>,
): Problem[] {
  const declared = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  const wrong = attributes.flatMap((attribute) => checkAttribute(place, attribute, value));
  const others = Object.keys(value).filter((key) => !declared.has(key));
  return [
    ...wrong,
    ...others.flatMap((key) => {
      const at = { version: place.version, path: within(place.path, key) };
      const names = attributes.map(({ name }) => name);
      return extra === undefined
        ? problem(at, value[key], `absent (known here: ${names.join(", ")})`)
        : check(at, extra, value[key]);
    }),
  ];
}

function checkAttribute(
  place: Place,
  { name, type, format, required }: Attribute,
  value: Record<string, unknown>,
): Problem[] {
  const at = { version: place.version, path: within(place.path, name), format };
  const given = Object.hasOwn(value, name) ? value[name] : undefined;
  if (given === undefined || given === null) {
    const isLacking = required && (given === undefined || type !== "any");
    return isLacking ? problem(at, given, `present (${type})`) : [];
  }
  return check(at, type, given);
}

/**
 * Fits if one member fits. A member whose tag (`type`, `data_source`) is another's is out of
 * question: so the problems reported are those of the member that was meant.
 */
function checkOneOf(place: Place, members: string[], value: unknown): Problem[] {
  const flat = members.flatMap((member) => alternatives(place.version, member));
  const meant = flat.filter((member) => tagsFit(place.version, member, value));
  const tries = meant.map((member) => ({
    found: check(place, member, value),
    foreign: foreignKeys(place.version, member, value),
  }));
  if (tries.some(({ found }) => found.length === 0)) {
    return [];
  }
  const nearest = tries.toSorted(
    (a, b) => a.foreign - b.foreign || a.found.length - b.found.length,
  )[0];
  return nearest?.found ?? wrongTag(place, flat, value);
}

/** The members of a union in a union, flat. */
function alternatives(version: ApiVersion, member: string): string[] {
  const model = isModelName(member) ? modelOf(version, member) : undefined;
  return model?.kind === "oneOf"
    ? model.members.flatMap((inner) => alternatives(version, inner))
    : [member];
}

/** The attributes of a member that tell it from its siblings: required ones of an enum type. */
function tagsOf(version: ApiVersion, member: string): { name: string; values: unknown[] }[] {
  return attributesOf(version, member).flatMap(({ name, type, required }) => {
    const tag = required && isModelName(type) ? modelOf(version, type) : undefined;
    return tag?.kind === "enum" ? [{ name, values: tag.values }] : [];
  });
}

function attributesOf(version: ApiVersion, member: string): Attribute[] {
  const model = isModelName(member) ? modelOf(version, member) : undefined;
  return model?.kind === "object" ? model.attributes : [];
}

function tagsFit(version: ApiVersion, member: string, value: unknown): boolean {
  const tags = tagsOf(version, member);
  return tags.every(({ name, values }) => isObject(value) && values.includes(value[name]));
}

/** How many keys of the value the member does not declare: the fewer, the likelier it was meant. */
function foreignKeys(version: ApiVersion, member: string, value: unknown): number {
  const names = new Set(attributesOf(version, member).map(({ name }) => name));
  return isObject(value) ? Object.keys(value).filter((key) => !names.has(key)).length : 0;
}

function wrongTag(place: Place, members: string[], value: unknown): Problem[] {
  const tags = members.flatMap((member) => tagsOf(place.version, member));
  const name = mostFrequent(tags.map((tag) => tag.name));
  if (name === undefined || !isObject(value)) {
    return problem(place, value, `one of the types ${members.join(", ")}`);
  }
  const values = tags.flatMap((tag) => (tag.name === name ? tag.values : []));
  const at = { ...place, path: within(place.path, name) };
  return problem(at, value[name], oneOfText([...new Set(values)]));
}

function mostFrequent(names: string[]): string | undefined {
  const count = (name: string) => names.filter((other) => other === name).length;
  return names.toSorted((a, b) => count(b) - count(a))[0];
}

function isModelName(type: string): boolean {
  return /^[A-Z]\w*$/.test(type) && type !== "Date";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function within(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function oneOfText(values: unknown[]): string {
  return `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
}
