import type { Attributes } from "../log-event.ts";

/** What stands between pairs where a rule does not say it. */
const defaultDelimiters = [String.raw`\s,;([{`, String.raw`\s,;)\]}`] as const;

const defaultQuotes: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ["<", ">"],
];

/**
 * The pairs in a text, wherever they stand.
 * https://docs.datadoghq.com/logs/log_configuration/parsing/#key-value-or-logfmt
 *
 * @param options what stands between key and value; characters of a bare value beside `\w.-_@`, as
 *   in a regular expression's class; the two characters around values; what stands between pairs
 */
export function keyValuePairs(text: string, options: readonly string[]): Attributes {
  const [, , quoting = ""] = options;
  const quotes =
    quoting.length < 2 ? defaultQuotes : [[quoting.charAt(0), quoting.charAt(1)] as const];
  const found = new Map<string, unknown[]>();
  for (const [, key = "", raw = ""] of text.matchAll(pairPattern(quotes, options))) {
    add(found, bare(key, quotes), typed(raw, quotes));
  }
  return Object.fromEntries(
    [...found].map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
  );
}

function pairPattern(
  quotes: typeof defaultQuotes,
  [separator = "=", allowed = "", , delimiter = ""]: readonly string[],
): RegExp {
  const [before, after] =
    delimiter === "" ? defaultDelimiters : [inClass(delimiter), inClass(delimiter)];
  const between = quotes.map(([open, close]) => {
    return `${literal(open)}[^${inClass(open)}]*${literal(close)}`;
  });
  const value = `${between.join("|")}|[${String.raw`\w.\-@`}${allowed}]+`;
  return new RegExp(
    `(?<=^|[${before}])(${value})${literal(separator)}(${value})(?=[${after}]|$)`,
    "g",
  );
}

/** A key that stands several times has a list of values. */
function add(found: Map<string, unknown[]>, key: string, value: unknown): void {
  if (key === "" || key.includes(" ") || value === undefined) return;
  found.set(key, [...(found.get(key) ?? []), value]);
}

function bare(text: string, quotes: typeof defaultQuotes): string {
  const [open, close] = quotes.find(([one]) => text.startsWith(one)) ?? [];
  return open !== undefined && text.endsWith(close ?? open) ? text.slice(1, -1) : text;
}

/** A bare value that is a number, true, false or null becomes that; empty ones are none. */
function typed(raw: string, quotes: typeof defaultQuotes): unknown {
  const text = raw.trim().replace(/,+$/, "");
  if (text === "null" || text === "") return undefined;
  if (text === "true" || text === "false") return text === "true";
  const isOctal = /^0\d*[89]/.test(text);
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) && !isOctal) return Number(text);
  const inner = bare(text, quotes).trim();
  return inner === "" ? undefined : inner;
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function inClass(text: string): string {
  return text.replaceAll(/[\\\]^[-]/g, "\\$&");
}
