/**
 * What the inputs of a resource type look like: one description, from which checking, comparing
 * and reading back follow. Names and defaults are those of `@pulumi/datadog` 5.11.0.
 */
export type Shape = Readonly<Record<string, Property>>;

export type Property = Scalar | Listing | Nested;

interface Common {
  readonly required?: boolean;

  /** A change needs a new resource. */
  readonly replace?: boolean;

  /** Never sent to the API, or not echoed by it: a change of it alone is no change. */
  readonly local?: boolean;

  /** When the program leaves it out, the API decides: then no value is a change. */
  readonly computed?: boolean;
}

export interface Scalar extends Common {
  /**
   * `numeric` is a string that holds a number, `json` one that holds JSON; a `map` holds texts by
   * names of the user's own.
   */
  readonly kind: "string" | "boolean" | "integer" | "number" | "numeric" | "json" | "map";
  readonly default?: string | boolean | number;

  /** Sibling properties that switch the default off. */
  readonly defaultUnless?: readonly string[];
  readonly oneOf?: readonly string[];
}

export interface Listing extends Common {
  /** The order of a `set` means nothing. */
  readonly kind: "list" | "set";
  readonly of: Property;
}

export interface Nested extends Common {
  readonly kind: "object";
  readonly shape: Shape;
}

type Rules<T> = Omit<T, "kind" | "of" | "shape">;

export const text = (rules: Rules<Scalar> = {}): Scalar => ({ kind: "string", ...rules });
export const flag = (rules: Rules<Scalar> = {}): Scalar => ({ kind: "boolean", ...rules });
export const whole = (rules: Rules<Scalar> = {}): Scalar => ({ kind: "integer", ...rules });
export const number = (rules: Rules<Scalar> = {}): Scalar => ({ kind: "number", ...rules });
export const numeric = (rules: Rules<Scalar> = {}): Scalar => ({ kind: "numeric", ...rules });
export const json = (rules: Rules<Scalar> = {}): Scalar => ({ kind: "json", ...rules });
export const map = (rules: Rules<Scalar> = {}): Scalar => ({ kind: "map", ...rules });

export const list = (of: Property, rules: Rules<Listing> = {}): Listing => ({
  kind: "list",
  of,
  ...rules,
});

export const set = (of: Property, rules: Rules<Listing> = {}): Listing => ({
  kind: "set",
  of,
  ...rules,
});

export const object = (shape: Shape, rules: Rules<Nested> = {}): Nested => ({
  kind: "object",
  shape,
  ...rules,
});

/** Where the official plugin notes which inputs it filled in itself, in every object. */
export const DEFAULTS = "__defaults";
