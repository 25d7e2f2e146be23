import { isObject } from "../log-event.ts";
import { keyValuePairs } from "./key-value.ts";
import type { Argument, Call } from "./reference.ts";

/** What a filter makes of a captured text; `undefined` where the attribute is not to be there. */
export type Filter = (text: string) => unknown;

/**
 * The filters of grok that VRL lacks or answers otherwise than Datadog, by name.
 * https://docs.datadoghq.com/logs/log_configuration/parsing/#matcher-and-filter
 */
const makers: Partial<Record<string, (args: readonly Argument[]) => Filter>> = {
  keyvalue: (args) => {
    const texts = args.map((one) => plain(one));
    return (text) => keyValuePairs(text, texts);
  },
  array: arrayFilter,
  nullIf: ([none]) => {
    return (text) => (text === plain(none) ? undefined : text);
  },
  decodeuricomponent: () => (text) => attempt(() => decodeURIComponent(text)) ?? text,
  querystring: () => (text) => queryString(text),
  csv: csvFilter,
  rubyhash: () => rubyHash,
};

/** An argument as text; a call has none. */
function plain(argument: Argument | undefined): string {
  return typeof argument === "object" ? argument.name : String(argument ?? "");
}

/** The filter that a rule calls; `undefined` where VRL's own is right. */
export function ownFilter({ name, args }: Call): Filter | undefined {
  return Object.hasOwn(makers, name) ? makers[name]?.(args) : undefined;
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** `array([[openCloseStr, ] separator][, subRuleOrFilter])`: one text alone is the separator. */
function arrayFilter(args: readonly Argument[]): Filter {
  const texts = args.filter((one) => typeof one === "string");
  const brackets = texts.length > 1 ? texts[0] : texts.length === 0 ? "[]" : "";
  const separator = (texts.at(-1) ?? ",").replaceAll("\\n", "\n").replaceAll("\\t", "\t");
  const convert = elementFilter(args.find((one) => typeof one === "object"));
  return (text) => {
    const inner = within(text, brackets ?? "");
    if (inner === undefined) return undefined;
    return inner === "" ? [] : inner.split(separator === "" ? "," : separator).map(convert);
  };
}

function within(text: string, brackets: string): string | undefined {
  const [open, close = open] = brackets;
  if (open === undefined) return text;
  const isInside = text.length > 1 && text.startsWith(open) && text.endsWith(close ?? open);
  return isInside ? text.slice(1, -1) : undefined;
}

function elementFilter(call: Call | undefined): Filter {
  if (call === undefined) return (text) => text;
  if (/^(?:integer|number)(?:Ext)?$/.test(call.name)) {
    return (text) => (Number.isNaN(Number(text.trim())) ? text : Number(text));
  }
  if (call.name === "uppercase") return (text) => text.toUpperCase();
  if (call.name === "lowercase") return (text) => text.toLowerCase();
  const own = ownFilter(call);
  if (own === undefined) throw new Error(`array(…, ${call.name}) is not understood`);
  return own;
}

/** Keys of a query that stand several times have a list of values. */
export function queryString(text: string): Record<string, string | string[]> {
  const found = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(text.replace(/^[^?=]*\?/, ""))) {
    found.set(key, [...(found.get(key) ?? []), value]);
  }
  return Object.fromEntries(
    [...found].map(([key, values]) => [key, values.length === 1 ? (values[0] ?? "") : values]),
  );
}

/** `csv(headers[, separator[, quotingcharacter]])` */
function csvFilter([headers = "", separator = ",", quote = '"']: readonly Argument[]): Filter {
  const names = plain(headers).split(",");
  const between = separator === "tab" ? "\t" : plain(separator);
  const mark = plain(quote);
  return (text) => {
    const cells = csvCells(text, between, mark);
    const pairs = names.map((name, index) => [name.trim(), typedCell(cells[index])] as const);
    return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
  };
}

function csvCells(text: string, separator: string, quote: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const isQuote = text[at] === quote;
    if (isQuote && isQuoted && text[at + 1] === quote) {
      cell += quote;
      at += 1;
    } else if (isQuote) {
      isQuoted = !isQuoted;
    } else if (!isQuoted && text.startsWith(separator, at)) {
      cells.push(cell);
      cell = "";
      at += separator.length - 1;
    } else {
      cell += text.charAt(at);
    }
  }
  return [...cells, cell];
}

function typedCell(cell: string | undefined): unknown {
  if (cell === undefined || cell === "") return undefined;
  return /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : cell;
}

function escaped(character: string): string {
  return JSON.stringify(character).slice(1, -1);
}

/** `{:name => "John", "job" => nil}` as the JSON that it would be; texts stay as they are. */
function rubyHash(text: string): unknown {
  const json = text.replaceAll(
    /("(?:[^"\\]|\\.)*")|=>|\bnil\b|:(\w+)/g,
    (all, kept?: string, symbol?: string) => {
      if (kept !== undefined) return kept.replaceAll(/[\n\r\t]/g, escaped);
      if (symbol !== undefined) return JSON.stringify(symbol);
      return all === "nil" ? "null" : ":";
    },
  );
  const value = attempt((): unknown => JSON.parse(json));
  return isObject(value) ? value : undefined;
}
