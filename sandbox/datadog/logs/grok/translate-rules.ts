import { datePattern } from "./date-pattern.ts";
import { ownFilter } from "./filters.ts";
import { type Call, parseReference, quoted, type Reference, references } from "./reference.ts";
import { type Rule, rulesOf } from "./rule-lines.ts";

/** Where a captured text belongs, and what to make of it. */
export interface Capture {
  /** Empty: what is found goes beside the other attributes. */
  readonly path: string;
  readonly convert: (text: string, arrived: number) => unknown;
}

/** Rules for VRL, and what to do with those captures that VRL would not convert as Datadog does. */
export interface TranslatedRules {
  readonly support: readonly Rule[];
  readonly rules: readonly Rule[];
  /** By the name under which VRL answers them. */
  readonly captures: ReadonlyMap<string, Capture>;
}

/**
 * Rewrites a grok definition so that VRL 0.15 matches as Datadog does: dates, booleans and the
 * filters of `filters.ts` become plain captures, which are converted afterwards, and `%{?>word:a}` is
 * `%{word:a}`: Datadog's tests show that it gives back characters.
 *
 * @throws one sentence where a date's format or a filter is not understood
 */
export function translateRules(matchRules: string, supportRules = ""): TranslatedRules {
  const captures = new Map<string, Capture>();
  const rewrite = ([name, pattern]: Rule): Rule => {
    return [name, pattern.replaceAll(references, (text) => rewritten(text, captures))];
  };
  return {
    support: rulesOf(supportRules).map(rewrite),
    rules: rulesOf(matchRules).map(rewrite),
    captures,
  };
}

function rewritten(text: string, captures: Map<string, Capture>): string {
  const plain = text.replace(/^%\{\?>/, "%{");
  const reference = parseReference(plain);
  return reference === undefined ? plain : writtenFor(plain, reference, captures);
}

function writtenFor(text: string, reference: Reference, captures: Map<string, Capture>): string {
  const { matcher, path, filter } = reference;
  const own = ownMatcher(matcher);
  const source = own?.source ?? text.slice(2, matcherEnd(text));
  if (path === undefined) return own === undefined ? text : `%{${source}}`;
  const filtered = filter && ownFilter(filter);
  const convert = filtered ?? own?.convert;
  if (convert === undefined) return text;
  const name = `captured_${captures.size}`;
  captures.set(name, { path, convert });
  return `%{${source}:${name}}`;
}

/** Index of the colon behind the matcher of a reference. */
function matcherEnd(text: string): number {
  const [matcher = ""] = /^%\{(?:[^":}]|"(?:[^"\\]|\\.)*")*/.exec(text) ?? [];
  return matcher.length;
}

interface OwnMatcher {
  readonly source: string;
  readonly convert: Capture["convert"];
}

function ownMatcher({ name, args }: Call): OwnMatcher | undefined {
  const [first, second] = args.map(String);
  if (name === "date" && first !== undefined) {
    const pattern = datePattern(first, second);
    return { source: regex(pattern.source), convert: pattern.parse };
  }
  if (name !== "boolean") return undefined;
  const [isTrue, isFalse] = [first ?? "(?i:true)", second ?? "(?i:false)"];
  const whole = new RegExp(`^(?:${first ?? "true"})$`, first === undefined ? "i" : "");
  return { source: regex(`${isTrue}|${isFalse}`), convert: (text) => whole.test(text) };
}

function regex(source: string): string {
  return `regex(${quoted(source)})`;
}
