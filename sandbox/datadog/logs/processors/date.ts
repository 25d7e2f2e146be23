const iso =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Later moments are no time in JavaScript. */
const latest = 8.64e15;

/**
 * The moment of a date remapper's value in milliseconds: a number, which Datadog takes for
 * milliseconds since 1970 whatever its length, or ISO 8601, which is UTC where no offset stands.
 * `undefined` for anything else.
 */
export function dateOf(value: unknown): number | undefined {
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  if (/^\d{1,16}(?:\.\d+)?$/.test(text)) {
    const ms = Math.floor(Number(text));
    return ms <= latest ? ms : undefined;
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
