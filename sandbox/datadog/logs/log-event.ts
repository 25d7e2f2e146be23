/** One log as the pipelines change it and the store keeps it. */
export interface LogEvent {
  /** Unique, and the same again when a batch is sent again. */
  readonly id: string;
  /** Milliseconds since 1970; the arrival until a date remapper knows better. */
  timestamp: number;
  message: string;
  /** One of Datadog's statuses. */
  status: string;
  host: string;
  service: string;
  source: string;
  trace_id: string;
  /** Absent where no remapper set it. */
  span_id?: string;
  /** `key:value`, or a bare word. */
  tags: string[];
  attributes: Attributes;
}

export type Attributes = Record<string, unknown>;

export function isObject(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value at a path of attributes. A key with dots in it wins over nesting, a number is an index
 * of a list, and a path may begin with `custom.`, as in Datadog.
 */
export function attributeAt(attributes: Attributes, path: string): unknown {
  const found = valueIn(attributes, path);
  return found === undefined && path.startsWith(allAttributes)
    ? valueIn(attributes, path.slice(allAttributes.length))
    : found;
}

const allAttributes = "custom.";

function valueIn(container: Attributes | readonly unknown[], path: string): unknown {
  const whole = ownValue(container, path);
  if (whole !== undefined) {
    return whole;
  }
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const inner = ownValue(container, path.slice(0, dot));
    const isContainer = isObject(inner) || Array.isArray(inner);
    const found = isContainer ? valueIn(inner, path.slice(dot + 1)) : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function ownValue(container: Attributes | readonly unknown[], key: string): unknown {
  if (isObject(container)) {
    return Object.hasOwn(container, key) ? container[key] : undefined;
  }
  return /^\d+$/.test(key) ? container[Number(key)] : undefined;
}

/** Sets a value at a path, making the objects on the way; a plain value on the way is replaced. */
export function setAttribute(attributes: Attributes, path: string, value: unknown): void {
  const keys = path.split(".");
  let at = attributes;
  for (const key of keys.slice(0, -1)) {
    const inner = ownValue(at, key);
    const next = isObject(inner) ? inner : {};
    define(at, key, next);
    at = next;
  }
  define(at, keys.at(-1) ?? "", value);
}

/** Logs may name anything, `__proto__` too: it must become a key and nothing more. */
function define(object: Attributes, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** Removes what is at a path, and the objects on the way that are empty then. */
export function removeAttribute(attributes: Attributes, path: string): void {
  if (Object.hasOwn(attributes, path)) {
    Reflect.deleteProperty(attributes, path);
    return;
  }
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const key = path.slice(0, dot);
    const inner = ownValue(attributes, key);
    if (isObject(inner) && valueIn(inner, path.slice(dot + 1)) !== undefined) {
      removeAttribute(inner, path.slice(dot + 1));
      if (Object.keys(inner).length === 0) {
        Reflect.deleteProperty(attributes, key);
      }
      return;
    }
  }
  if (path.startsWith(allAttributes)) {
    removeAttribute(attributes, path.slice(allAttributes.length));
  }
}

/** Merges what a parser found into the attributes: objects deeply, plain values replaced. */
export function mergeAttributes(into: Attributes, found: Attributes): void {
  for (const [key, value] of Object.entries(found)) {
    const there = ownValue(into, key);
    if (isObject(there) && isObject(value)) {
      mergeAttributes(there, value);
    } else {
      define(into, key, value);
    }
  }
}

/** A plain value as text, as searches and templates see it; objects and lists as JSON. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A text without half surrogates, which JSON may carry and UTF-8 cannot. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

const statuses: readonly [RegExp, string][] = [
  [/^(?:0$|emerg|f)/i, "emergency"],
  [/^(?:1$|a)/i, "alert"],
  [/^(?:2$|c)/i, "critical"],
  [/^(?:3$|e)/i, "error"],
  [/^(?:4$|w)/i, "warn"],
  [/^(?:5$|n)/i, "notice"],
  [/^(?:7$|[dtv])/i, "debug"],
  [/^[os]/i, "ok"],
];

/** The status that Datadog makes of a severity: by number or first letters, else info. */
export function statusOf(severity: unknown): string {
  const text = textOf(severity).trim();
  return statuses.find(([pattern]) => pattern.test(text))?.[1] ?? "info";
}
