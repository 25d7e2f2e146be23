/** Which time a page shows: the last span up to now, or from one moment to another (ms). */
export type Range =
  | { readonly kind: "live"; readonly spanMs: number }
  | { readonly kind: "fixed"; readonly from: number; readonly to: number };

export interface Window {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What can be picked, with Datadog's short names. */
export const spans: readonly {
  readonly name: string;
  readonly ms: number;
  readonly words: string;
}[] = [
  { name: "5m", ms: 5 * minute, words: "Past 5 minutes" },
  { name: "15m", ms: 15 * minute, words: "Past 15 minutes" },
  { name: "1h", ms: hour, words: "Past hour" },
  { name: "4h", ms: 4 * hour, words: "Past 4 hours" },
  { name: "1d", ms: day, words: "Past day" },
  { name: "2d", ms: 2 * day, words: "Past 2 days" },
];

const units: Partial<Record<string, number>> = {
  m: minute,
  h: hour,
  d: day,
  w: 7 * day,
  mo: 30 * day,
  y: 365 * day,
};

/** The length of a span as widgets name it (`5m`, `1h`, `1mo`), in milliseconds. */
export function spanMs(name: string): number | undefined {
  const [, count, unit = ""] = /^(\d{1,4})(m|h|d|w|mo|y)$/.exec(name) ?? [];
  const width = units[unit];
  return count === undefined || width === undefined ? undefined : Number(count) * width;
}

/** The range that an address names in Datadog's own parameters, else the last `fallbackMs`. */
export function rangeOf(search: URLSearchParams, fallbackMs: number): Range {
  const from = moment(search.get("from_ts"));
  const to = moment(search.get("to_ts"));
  if (from === undefined || to === undefined || to <= from) {
    return { kind: "live", spanMs: fallbackMs };
  }
  return search.get("live") === "true"
    ? { kind: "live", spanMs: to - from }
    : { kind: "fixed", from, to };
}

function moment(text: string | null): number | undefined {
  return text !== null && /^\d{10,14}$/.test(text) ? Number(text) : undefined;
}

export function windowOf(range: Range, now: number): Window {
  return range.kind === "live"
    ? { from: now - range.spanMs, to: now }
    : { from: range.from, to: range.to };
}

/** The address with the range in it; everything else in it stays. */
export function withRange(url: URL, range: Range, now: number): URL {
  const next = new URL(url);
  const { from, to } = windowOf(range, now);
  next.searchParams.set("from_ts", String(from));
  next.searchParams.set("to_ts", String(to));
  next.searchParams.set("live", String(range.kind === "live"));
  return next;
}
