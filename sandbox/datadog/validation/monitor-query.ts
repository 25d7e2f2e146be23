import { parseSearch } from "../search/parse.ts";
import { SearchError } from "../search/syntax.ts";
import { parseChain, type ChainQuery } from "./query-chain.ts";

export type Comparator = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** What the stand-in makes of a monitor's query. */
export type QueryReading =
  | { kind: "threshold"; comparator: Comparator; threshold: number; multi: boolean }
  | { kind: "check"; multi: boolean }
  | { kind: "composite"; ids: number[] }
  | { kind: "slo"; comparator: Comparator; threshold: number; sloId: string }
  | { kind: "unjudged"; why: string }
  | { kind: "invalid"; why: string };

const comparison = /(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)$/;
const metricWindow = /^(?:last_\d+(?:m|h|d|w|mo)|current_1(?:h|d|w|mo))$/;
const metricHead = /^(avg|sum|min|max|count|percentile|change|pct_change)\(/;

/** Datadog's limit for the window of a log monitor: two days. */
const longestLogWindowSeconds = 2 * 86_400;

/** The chains that end in a comparison, by the head that their monitor type asks for. */
const chainHeads: Partial<Record<string, readonly string[]>> = {
  "log alert": ["logs"],
  "event-v2 alert": ["events"],
  "trace-analytics alert": ["trace-analytics"],
  "rum alert": ["rum"],
  "audit alert": ["audits"],
  "ci-pipelines alert": ["ci-pipelines"],
  "ci-tests alert": ["ci-tests"],
  "error-tracking alert": ["error-tracking-rum", "error-tracking-traces", "error-tracking-logs"],
  "process alert": ["processes"],
  "slo alert": ["error_budget", "burn_rate"],
};

/**
 * Reads a query of the given monitor type as far as the documented grammar goes. What lies beyond
 * it (formulas over `variables`, the types Datadog documents no grammar for) is left unjudged.
 */
export function readQuery(type: string, query: string): QueryReading {
  if (type === "metric alert" || type === "query alert") {
    return readMetric(query);
  }
  if (type === "composite") {
    return readComposite(query);
  }
  if (type === "service check") {
    return readCheck(query);
  }
  const heads = chainHeads[type];
  return heads === undefined
    ? { kind: "unjudged", why: `queries of type "${type}" are taken as they are` }
    : readChain(type, heads, query);
}

function invalid(why: string): QueryReading {
  return { kind: "invalid", why };
}

/** What stands before the comparison at the end of a query, the comparison and its number. */
export function splitComparison(query: string): [string, Comparator, number] | undefined {
  const text = query.trim();
  const found = comparison.exec(text);
  return found === null
    ? undefined
    : [text.slice(0, found.index).trim(), found[1] as Comparator, Number(found[2])];
}

function readMetric(query: string): QueryReading {
  const parts = splitComparison(query);
  if (parts === undefined) {
    return invalid("invalid operator specified: ");
  }
  const [left, comparator, threshold] = parts;
  if (left.startsWith("formula(")) {
    return formula;
  }
  const colon = left.indexOf("):");
  const head = left.slice(0, colon + 1);
  if (colon < 0 || !metricHead.test(head)) {
    return invalid('it must start with a time aggregation such as "avg(last_5m):"');
  }
  const windows = head.match(/\w+(?=[,)])/g) ?? [];
  const wrong = windows.find((window) => !metricWindow.test(window));
  if (windows.length === 0 || wrong !== undefined) {
    return invalid(`"${wrong ?? ""}" is no evaluation window such as last_5m or last_1h`);
  }
  const expression = left.slice(colon + 2);
  const why = whyNotExpression(expression);
  return why === undefined
    ? { kind: "threshold", comparator, threshold, multi: /\bby\s*\{/.test(expression) }
    : invalid(why);
}

/** Far more than a person writes; the readers of a query use recursion. */
const deepest = 100;
const mostParts = 200;

const formula: QueryReading = {
  kind: "unjudged",
  why: "formulas over variables are taken as they are",
};

const closing: Partial<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };

function whyNotExpression(expression: string): string | undefined {
  const open: string[] = [];
  for (const character of expression) {
    const close = closing[character];
    if (open.length > deepest) {
      return `more than ${deepest} brackets within each other`;
    }
    if (close !== undefined) {
      open.push(close);
    } else if (")}]".includes(character) && open.pop() !== character) {
      return `unbalanced "${character}"`;
    }
  }
  if (open.length > 0) {
    return `missing "${open.at(-1) ?? ""}"`;
  }
  return /[\w.]\{[^{}]*\}/.test(expression) ? undefined : "no metric with a scope such as x{*}";
}

function readComposite(query: string): QueryReading {
  const tokens = query.match(/\d+|&&|\|\||!|\(|\)|\S+?/g) ?? [];
  const odd = tokens.find((token) => !/^(\d+|&&|\|\||!|\(|\))$/.test(token));
  if (odd !== undefined) {
    return invalid(`unexpected "${odd}": a composite joins monitor ids by &&, || and !`);
  }
  if (tokens.length > mostParts) {
    return invalid(`a composite of ${tokens.length} parts: at most ${mostParts} are allowed`);
  }
  const rest = reduceComposite(tokens.map((token) => (/^\d+$/.test(token) ? "id" : token)));
  if (rest !== "id") {
    return invalid("a composite joins monitor ids by &&, || and !");
  }
  const ids = tokens.filter((token) => /^\d+$/.test(token)).map(Number);
  return { kind: "composite", ids: [...new Set(ids)] };
}

/** Replaces every complete part by one id until nothing changes: a whole expression leaves "id". */
function reduceComposite(tokens: string[]): string {
  let text = tokens.join(" ");
  for (let before = ""; before !== text;) {
    before = text;
    text = text
      .replace(/! id/g, "id")
      .replace(/id (?:&&|\|\|) id/g, "id")
      .replace(/\( id \)/g, "id");
  }
  return text;
}

function readCheck(query: string): QueryReading {
  const chain = parseChain(query);
  if (typeof chain === "string") {
    return invalid(chain);
  }
  const names = chain.calls.map(({ name }) => name);
  if (chain.quotedHead === undefined || names.at(-1) !== "count_by_status" || chain.rest !== "") {
    return invalid('it must read "check".over(…).last(n).count_by_status()');
  }
  // by("*") of a check groups by all of its tags
  return { kind: "check", multi: chain.calls.some(({ name }) => name === "by") };
}

function readChain(type: string, heads: readonly string[], query: string): QueryReading {
  const parts = splitComparison(query);
  if (parts === undefined) {
    return invalid("invalid operator specified: ");
  }
  const [left, comparator, threshold] = parts;
  if (left.startsWith("formula(")) {
    return formula;
  }
  const chain = parseChain(left);
  if (typeof chain === "string") {
    return invalid(chain);
  }
  if (chain.head === undefined || !heads.includes(chain.head) || chain.rest !== "") {
    return invalid(`a ${type} must start with ${heads.join("(…) or ")}(…)`);
  }
  if (type === "slo alert") {
    return { kind: "slo", comparator, threshold, sloId: chain.headArgument ?? "" };
  }
  return readCounted(type, chain, { comparator, threshold });
}

function readCounted(
  type: string,
  chain: ChainQuery,
  compared: { readonly comparator: Comparator; readonly threshold: number },
): QueryReading {
  const why = whyNotCounted(type, chain) ?? whyNotSearch(type, chain);
  return why === undefined
    ? { kind: "threshold", ...compared, multi: isGrouped(chain) }
    : invalid(why);
}

function whyNotCounted(type: string, chain: ChainQuery): string | undefined {
  const missing = ["rollup", "last"].find(
    (wanted) => !chain.calls.some(({ name }) => name === wanted),
  );
  if (missing !== undefined) {
    return `.${missing}(…) is missing`;
  }
  const last = chain.calls.find(({ name }) => name === "last")?.args ?? "";
  const [, count, unit] = /^["'](\d+)([smhdw])["']$/.exec(last) ?? [];
  const seconds = Number(count) * (unitSeconds[unit ?? ""] ?? Number.NaN);
  if (Number.isNaN(seconds)) {
    return `.last(${last}) is no window such as .last("5m")`;
  }
  return type === "log alert" && seconds > longestLogWindowSeconds
    ? `.last(${last}) is longer than the two days of a log monitor`
    : undefined;
}

function whyNotSearch(type: string, { headArgument = "" }: ChainQuery): string | undefined {
  if (type !== "log alert") {
    return undefined;
  }
  try {
    parseSearch(headArgument.replaceAll(/\\(["\\])/g, "$1"));
    return undefined;
  } catch (error) {
    if (error instanceof SearchError) return error.message;
    throw error;
  }
}

const unitSeconds: Partial<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

function isGrouped(chain: ChainQuery): boolean {
  return chain.calls.some(({ name, args }) => name === "by" && !["", '"*"'].includes(args.trim()));
}
