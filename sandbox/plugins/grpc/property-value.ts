/** A value the user declared secret. Its content never goes to logs, errors or plain state. */
export class Secret {
  readonly value: PropertyValue;

  constructor(value: PropertyValue) {
    this.value = value instanceof Secret ? value.value : value;
  }
}

/** Stands for a value that only an update can know; the engine sends it during previews. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/**
 * What a resource property can hold here. Assets, archives and resource references are refused:
 * no resource type served by these plugins takes one.
 */
export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | Secret
  | typeof UNKNOWN
  | readonly PropertyValue[]
  | PropertyMap;

/** Properties by name. `undefined` is the same as an absent property, and is not sent. */
export interface PropertyMap {
  readonly [name: string]: PropertyValue | undefined;
}

/** The same value with every {@link Secret} replaced by its content. */
export function reveal(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return reveal(value.value);
  if (isPropertyList(value)) return value.map(reveal);
  if (isPropertyMap(value)) return revealMap(value);
  return value;
}

/** The same properties with every {@link Secret} replaced by its content. */
export function revealMap(properties: PropertyMap): PropertyMap {
  return mapValues(properties, reveal);
}

/** Whether the value is, or holds at any depth, something only an update can know. */
export function containsUnknowns(value: PropertyValue | undefined): boolean {
  return contains(value, (part) => part === UNKNOWN);
}

/** Whether the value is, or holds at any depth, a secret. */
export function containsSecrets(value: PropertyValue | undefined): boolean {
  return contains(value, (part) => part instanceof Secret);
}

/** The lines of every text that a secret holds at any depth, the longest first. */
export function secretTexts(value: PropertyValue | undefined, within = false): string[] {
  const found = (): string[] => {
    if (value instanceof Secret) return secretTexts(value.value, true);
    if (isPropertyList(value)) return value.flatMap((part) => secretTexts(part, within));
    if (isPropertyMap(value)) return Object.values(value).flatMap((it) => secretTexts(it, within));
    return within && typeof value === "string" ? value.split("\n") : [];
  };
  return found()
    .filter((text) => text !== "")
    .sort((a, b) => b.length - a.length);
}

export function isPropertyMap(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret)
  );
}

export function isPropertyList(
  value: PropertyValue | undefined,
): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** Applies `change` to each property that is present. */
export function mapValues(
  properties: PropertyMap,
  change: (value: PropertyValue) => PropertyValue,
): PropertyMap {
  const entries = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, change(value)] as const],
  );
  return Object.fromEntries(entries);
}

function contains(
  value: PropertyValue | undefined,
  wanted: (part: PropertyValue) => boolean,
): boolean {
  if (value === undefined) return false;
  if (wanted(value)) return true;
  if (value instanceof Secret) return contains(value.value, wanted);
  if (isPropertyList(value)) return value.some((part) => contains(part, wanted));
  if (isPropertyMap(value)) return Object.values(value).some((part) => contains(part, wanted));
  return false;
}
