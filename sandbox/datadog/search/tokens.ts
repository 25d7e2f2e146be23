import { type Comparison, SearchError } from "./syntax.ts";

export type Token =
  | { readonly kind: "(" | ")" | "AND" | "OR" | "NOT" }
  /** `text` is without escapes; `pattern` where an unescaped `*` or `?` stands in it. */
  | { readonly kind: "word"; readonly text: string; readonly isPattern: boolean }
  | { readonly kind: "phrase"; readonly text: string }
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "compare"; readonly by: Comparison; readonly value: string }
  | {
      readonly kind: "range";
      readonly from: string;
      readonly to: string;
      readonly inclusive: boolean;
    };

const word = /(?:\\[^]|[^\s()":[\]{}\\])+/y;
/** A value may hold colons (times, addresses, classes); a field's name may not. */
const value = /(?:\\[^]|[^\s()"[\]{}\\])+/y;
const phrase = /"((?:\\[^]|[^"\\])*)"/y;
const field = /((?:\\[^]|[^\s()":[\]{}\\])+):/y;
const compare = /(<=|>=|<|>)\s*((?:\\[^]|[^\s()"\\])+|"(?:\\[^]|[^"\\])*")/y;
const bound = String.raw`"(?:\\[^]|[^"\\])*"|[^\s\]}]+`;
const range = new RegExp(String.raw`([[{])\s*(${bound})\s+TO\s+(${bound})\s*([\]}])`, "y");
const operators: Partial<Record<string, "AND" | "OR" | "NOT">> = {
  AND: "AND",
  "&&": "AND",
  OR: "OR",
  "||": "OR",
  NOT: "NOT",
};

/** The parts of a search. Throws a `SearchError` that names what is not understood. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  /** For each open bracket whether values of a field stand in it, as in `@a:(>=200 <400)`. */
  const open: boolean[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(query) ?? undefined;
    at += found?.[0].length ?? 0;
    return found;
  };
  for (;;) {
    take(/\s+/y);
    if (at >= query.length) {
      return tokens;
    }
    const before = tokens.at(-1)?.kind;
    const isValue = open.at(-1) === true;
    const token =
      bracketOrMinus(take) ??
      (isValue ? valueOrOperator(take) : wordOrField(take, tokens)) ??
      refuse(query, at);
    if (token.kind === "(") {
      open.push(isValue || before === "field");
    } else if (token.kind === ")") {
      open.pop();
    }
    tokens.push(token);
  }
}

type Take = (pattern: RegExp) => RegExpExecArray | undefined;

function bracketOrMinus(take: Take): Token | undefined {
  const bracket = take(/[()]/y);
  if (bracket !== undefined) {
    return { kind: bracket[0] as "(" | ")" };
  }
  return take(/[-!](?=\S)/y) === undefined ? undefined : { kind: "NOT" };
}

function wordOrField(take: Take, before: readonly Token[]): Token | undefined {
  const quoted = take(phrase);
  if (quoted !== undefined) {
    return { kind: "phrase", text: unescaped(quoted[1] ?? "") };
  }
  return before.at(-1)?.kind === "field" ? fieldValue(take) : fieldOrTerm(take);
}

function valueOrOperator(take: Take): Token | undefined {
  const quoted = take(phrase);
  if (quoted !== undefined) {
    return { kind: "phrase", text: unescaped(quoted[1] ?? "") };
  }
  const operator = operators[take(/(?:AND|OR|NOT|&&|\|\|)(?![^\s()])/y)?.[0] ?? ""];
  return operator === undefined ? groupedValue(take) : { kind: operator };
}

/** A field's name in the values of another is told from a value, so that it can be refused. */
function groupedValue(take: Take): Token | undefined {
  const number = take(range) ?? take(compare);
  return number === undefined ? fieldOrTerm(take) : numeric(number);
}

function fieldValue(take: Take): Token | undefined {
  const number = take(range) ?? take(compare);
  if (number !== undefined) {
    return numeric(number);
  }
  const text = take(value)?.[0];
  return text === undefined ? undefined : plainWord(text);
}

function fieldOrTerm(take: Take): Token | undefined {
  const name = take(field)?.[1];
  if (name !== undefined) {
    return { kind: "field", name: unescaped(name) };
  }
  const text = take(word)?.[0];
  const operator = operators[text ?? ""];
  if (operator !== undefined) {
    return { kind: operator };
  }
  return text === undefined ? undefined : plainWord(text);
}

function numeric(found: RegExpExecArray): Token {
  const [, first = "", second = "", third = "", last = ""] = found;
  if (first !== "[" && first !== "{") {
    return { kind: "compare", by: first as Comparison, value: bare(second) };
  }
  if ((first === "[") !== (last === "]")) {
    throw new SearchError(`${found[0]}: a range is [a TO b] or {a TO b}, not a mixture`);
  }
  return { kind: "range", from: bare(second), to: bare(third), inclusive: first === "[" };
}

/** Escapes are kept in a pattern, where they tell a plain `*` from a wildcard. */
function plainWord(text: string): Token {
  const isPattern = /[*?]/.test(text.replaceAll(/\\[^]/g, ""));
  return { kind: "word", text: isPattern ? text : unescaped(text), isPattern };
}

function bare(text: string): string {
  return unescaped(text.startsWith('"') ? text.slice(1, -1) : text);
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([^])/g, "$1");
}

function refuse(query: string, at: number): never {
  throw new SearchError(`${JSON.stringify(query.slice(at, at + 20))} at character ${at + 1}`);
}
