/** Stands for a value that a preview cannot know yet, and for whatever would be inside of it. */
export const UNKNOWN: unique symbol = Symbol("unknown until the update");

/** A rule met a value that is not known yet, and can say neither yes nor no. */
export class Undecided extends Error {
  /** Where the value stands, for instance `spec.replicas`. */
  readonly path: string;

  constructor(path: string) {
    super(`${path} is not known before the update`);
    this.path = path;
  }
}

type Path = readonly (string | number)[];

/**
 * The value at a path, or undefined where there is none, as with null. Data of any shape is fine.
 *
 * @throws Undecided when an unknown value stands on the way or at its end
 */
export function at(value: unknown, ...path: Path): unknown {
  let found = value;
  for (const [depth, key] of [...path, undefined].entries()) {
    if (found === UNKNOWN) throw new Undecided(path.slice(0, depth).join(".") || "a value");
    if (key === undefined) break;
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string | number, unknown>)[key];
  }
  return found ?? undefined;
}

/** The text at a path; undefined where there is no text, and where it is empty. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** The number at a path, also where it is written as text, as providers do. */
export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = at(value, ...path);
  if (typeof found === "number") return found;
  const isNumber = typeof found === "string" && found.trim() !== "" && Number.isFinite(+found);
  return isNumber ? Number(found) : undefined;
}

/** The elements of the list at a path; none where there is no list. */
export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

/** The members of the object at a path; none where there is no object. */
export function membersAt(value: unknown, ...path: Path): readonly (readonly [string, unknown])[] {
  const found = at(value, ...path);
  const isObject = typeof found === "object" && found !== null && !Array.isArray(found);
  return isObject ? Object.entries(found) : [];
}
