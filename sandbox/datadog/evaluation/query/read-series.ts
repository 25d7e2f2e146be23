import type {
  Fill,
  Rollup,
  SeriesQuery,
  SpaceAggregation,
  TimeAggregation,
} from "./metric-expression.ts";
import { parseTagFilter } from "./tag-filter.ts";
import { Unread } from "./unread.ts";

/** A metric with its scope; without an aggregation it is the mean, as in Datadog. */
export const seriesPattern =
  /^(?:(avg|sum|min|max|count|p\d{1,2}(?:\.\d{1,2})?):)?([A-Za-z][\w.]*)\{([^{}]*)\}(?:\s*by\s*\{([^{}]*)\})?((?:\.\w+\([^()]*\))*)/;

/** @throws Unread where a part of it is not understood */
export function seriesQuery(found: RegExpExecArray): SeriesQuery {
  const [, aggregation = "avg", metric = "", scope = "", by = "", calls = ""] = found;
  const terms = parseTagFilter(scope);
  if (typeof terms === "string") throw new Unread(terms);
  return {
    aggregation: aggregation as SpaceAggregation,
    metric,
    scope: terms,
    by: by
      .split(",")
      .map((key) => key.trim().toLowerCase())
      .filter((key) => key !== ""),
    asCount: false,
    ...modifiersOf(calls),
  };
}

type Modifiers = Partial<Pick<SeriesQuery, "asCount" | "asRate" | "rollup" | "fill">>;

function modifiersOf(calls: string): Modifiers {
  const found = [...calls.matchAll(/\.(\w+)\(([^()]*)\)/g)].map(([, name = "", args = ""]) =>
    modifier(name, wordsOf(args)),
  );
  return found.reduce<Modifiers>((all, one) => ({ ...all, ...one }), {});
}

function wordsOf(args: string): readonly string[] {
  return args
    .split(",")
    .map((word) => word.trim().replaceAll(/^['"]|['"]$/g, ""))
    .filter((word) => word !== "");
}

function modifier(name: string, args: readonly string[]): Modifiers {
  switch (name) {
    case "as_count":
      return { asCount: true };
    case "as_rate":
      return { asRate: true };
    case "rollup":
      return { rollup: rollupOf(args) };
    case "fill":
      return { fill: fillOf(args) };
    default:
      throw new Unread(`the modifier .${name}() is not understood here`);
  }
}

const methods: readonly string[] = ["avg", "sum", "min", "max", "count"];
const longestSeconds = 30 * 86_400;

/** `.rollup(sum, 60)`, `.rollup(sum)`, `.rollup(60)` */
function rollupOf(args: readonly string[]): Rollup {
  const [first = "", second] = args;
  const method = methods.includes(first) ? { method: first as TimeAggregation } : {};
  const width = "method" in method ? second : first;
  if (width === undefined) return method;
  const seconds = Number(width);
  const isFit = Number.isInteger(seconds) && seconds >= 1 && seconds <= longestSeconds;
  if (!isFit || args.length > 2) {
    throw new Unread(`.rollup(${args.join(", ")}) is not understood here`);
  }
  return { ...method, seconds };
}

const fills: readonly string[] = ["null", "zero", "last", "linear"];

/** `.fill(zero)`, `.fill(last, 60)`; a gap of more than five minutes stays where nothing is said. */
function fillOf([by = "", limit = "300"]: readonly string[]): Fill {
  const seconds = Number(limit);
  if (!fills.includes(by) || !(seconds > 0)) {
    throw new Unread(`.fill(${by}) is not understood here: null, zero, last or linear`);
  }
  return { by: by as Fill["by"], seconds };
}
