/** Seconds, milliseconds, microseconds and nanoseconds since 1970 tell apart by their length. */
const unixForms: readonly [digits: RegExp, toMs: number][] = [
  [/^\d{9,10}(?:\.\d+)?$/, 1000],
  [/^\d{12,13}(?:\.\d+)?$/, 1],
  [/^\d{16}$/, 1 / 1000],
  [/^\d{19}$/, 1 / 1_000_000],
];

const iso =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The moment of a date remapper's value in milliseconds: UNIX time or ISO 8601, which is UTC where
 * no offset stands. `undefined` for anything else.
 */
export function dateOf(value: unknown): number | undefined {
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  const unix = unixForms.find(([digits]) => digits.test(text));
  if (unix !== undefined) {
    return Math.floor(Number(text) * unix[1]);
  }
  if (!iso.test(text)) {
    return undefined;
  }
  const normal = text
    .replace(",", ".")
    .replace(/(\.\d{3})\d+/, "$1")
    .replace(/^(\S{10}) /, "$1T")
    .replace(/\s/, "");
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(normal.slice(10));
  const ms = Date.parse(hasOffset || normal.length === 10 ? normal : `${normal}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
