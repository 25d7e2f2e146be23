import { dateOf } from "./processors/date.ts";

const units: Partial<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * A moment as searches write it, in milliseconds: `now`, `now-15m`, ISO 8601 or UNIX time in
 * milliseconds. `undefined` for anything else.
 */
export function momentOf(text: string, now: number): number | undefined {
  const relative = /^now(?:([+-])(\d{1,9})([smhdw]))?$/.exec(text.trim());
  if (relative === null) {
    return dateOf(text);
  }
  const [, sign, amount = "0", unit = "s"] = relative;
  const shift = Number(amount) * (units[unit] ?? 0);
  return sign === "-" ? now - shift : now + shift;
}

/** A length such as `15m` in milliseconds. */
export function lengthOf(text: string): number | undefined {
  const found = /^(\d{1,9})([smhdw])$/.exec(text.trim());
  const unit = units[found?.[2] ?? ""];
  return found === null || unit === undefined ? undefined : Number(found[1]) * unit;
}
