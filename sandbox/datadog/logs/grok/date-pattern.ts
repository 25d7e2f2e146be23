import { momentIn } from "./zone-time.ts";

/** A date format of a grok rule, such as `yyyy-MM-dd HH:mm:ss,SSS`. */
export interface DatePattern {
  /** Regular expression of the texts that have the format, without groups. */
  readonly source: string;
  /** Milliseconds since 1970; `undefined` where the text is no date. */
  readonly parse: (text: string, arrived: number) => number | undefined;
}

type Field = "year" | "month" | "day" | "hour" | "half" | "minute" | "second" | "fraction" | "zone";

interface Piece {
  readonly source: string;
  readonly field?: Field;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const anyName = String.raw`[^\W\d_]+`;

function digits(count: number): string {
  return count === 1 ? String.raw`\d{1,2}` : String.raw`\d{${count}}`;
}

interface Letters {
  readonly field?: Field;
  readonly source: (count: number) => string;
}

/** The letters of Datadog's formats (Java's, and Joda's), with what each number of them stands for. */
const letterGroups: Readonly<Record<string, Letters>> = {
  yYu: { field: "year", source: (count) => digits(count === 1 ? 4 : count) },
  ML: { field: "month", source: (count) => (count < 3 ? digits(count) : anyName) },
  d: { field: "day", source: digits },
  HhkK: { field: "hour", source: digits },
  m: { field: "minute", source: digits },
  s: { field: "second", source: digits },
  Sn: { field: "fraction", source: (count) => String.raw`\d{${count}}` },
  a: { field: "half", source: () => "[AaPp][Mm]" },
  Ee: { source: (count) => (count < 3 ? String.raw`\d` : anyName) },
  ZXx: { field: "zone", source: () => String.raw`(?:Z|[+-]\d{2}(?::?\d{2})?)` },
  zV: { field: "zone", source: () => String.raw`[A-Za-z][\w/+-]*` },
};

function pieceOf(letter: string, count: number): Piece | undefined {
  const [, found] = Object.entries(letterGroups).find(([all]) => all.includes(letter)) ?? [];
  if (found === undefined) return undefined;
  const { field, source } = found;
  return { source: source(count), ...(field && { field }) };
}

const token = /'((?:[^']|'')*)'|([A-Za-z])\2*|([^])/g;

/**
 * Reads a date format.
 *
 * @param zone where the text names none. @default UTC
 * @throws one sentence where a letter of the format is not understood
 */
export function datePattern(format: string, zone = "UTC"): DatePattern {
  const pieces = [...format.matchAll(token)].map(([all, literal, letter]): Piece => {
    if (letter === undefined) return { source: escaped(literal === "" ? "'" : (literal ?? all)) };
    const piece = pieceOf(letter, all.length);
    if (piece === undefined) throw new Error(`the date format "${format}": "${all}" is unknown`);
    return piece;
  });
  const whole = new RegExp(`^${pieces.map(({ source }) => `(${source})`).join("")}$`);
  return {
    source: pieces.map(({ source }) => source).join(""),
    parse: (text, arrived) => {
      const found = whole.exec(text);
      if (found === null) return undefined;
      const fields: Partial<Record<Field, string>> = {};
      pieces.forEach(({ field }, index) => {
        if (field !== undefined) fields[field] = found[index + 1] ?? "";
      });
      return momentOf(fields, zone, arrived);
    },
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/#-]/g, "\\$&");
}

function momentOf(
  fields: Partial<Record<Field, string>>,
  zone: string,
  arrived: number,
): number | undefined {
  const month = monthOf(fields.month);
  const hour = hourOf(fields);
  if (month === undefined || hour === undefined) return undefined;
  return momentIn(fields.zone ?? zone, {
    year: yearOf(fields.year, arrived),
    month,
    day: Number(fields.day ?? 1),
    hour,
    minute: Number(fields.minute ?? 0),
    second: Number(fields.second ?? 0),
    millis: Number((fields.fraction ?? "").padEnd(3, "0").slice(0, 3)),
  });
}

/** A format without a year means that of the arrival. */
function yearOf(text: string | undefined, arrived: number): number {
  const year = text === undefined ? new Date(arrived).getUTCFullYear() : Number(text);
  return text?.length === 2 ? year + 2000 : year;
}

function monthOf(text = "1"): number | undefined {
  if (/^\d/.test(text)) return Number(text);
  const at = months.indexOf(text.slice(0, 3).toLowerCase());
  return at < 0 ? undefined : at + 1;
}

function hourOf({ hour = "0", half }: Partial<Record<Field, string>>): number | undefined {
  const value = Number(hour);
  if (half === undefined) return value === 24 ? 0 : value;
  if (value > 12) return undefined;
  return (value % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
}
