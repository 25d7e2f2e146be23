import {
  type Field,
  type Reserved,
  reservedNames,
  type Search,
  SearchError,
  type Term,
  type Test,
} from "./syntax.ts";
import { type Token, tokensOf } from "./tokens.ts";

/**
 * Reads Datadog's search syntax. Two terms beside each other must both hold; AND binds tighter
 * than OR. Datadog does not document that precedence: write parentheses where both are used.
 *
 * @throws SearchError with one sentence where the search is not understood
 */
export function parseSearch(query: string): Search {
  try {
    const tokens = tokensOf(query);
    if (tokens.length === 0) {
      return { kind: "everything" };
    }
    const reader = new Reader(tokens);
    const search = reader.or(undefined);
    reader.end();
    return search;
  } catch (error) {
    if (error instanceof SearchError) {
      const what = JSON.stringify(query);
      throw new SearchError(`the search ${what} is not understood: ${error.message}`);
    }
    throw error;
  }
}

/** Deeper than any search that a person writes; recursion must not break on a worse one. */
const deepest = 100;

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** `field` is the one before an opening bracket: `service:(a OR b)`. */
  or(field: Field | undefined): Search {
    const all = [this.#and(field)];
    while (this.#takes("OR")) {
      all.push(this.#and(field));
    }
    return joined("or", all);
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token !== undefined) {
      throw new SearchError(`${shown(token)} has nothing to close`);
    }
  }

  #and(field: Field | undefined): Search {
    const all = [this.#not(field)];
    for (;;) {
      const next = this.#tokens[this.#at]?.kind;
      const isEnd = next === undefined || next === "OR" || next === ")";
      if (isEnd) {
        return joined("and", all);
      }
      this.#takes("AND");
      all.push(this.#not(field));
    }
  }

  #not(field: Field | undefined): Search {
    let isNegated = false;
    while (this.#takes("NOT")) {
      isNegated = !isNegated;
    }
    const search = this.#one(field);
    return isNegated ? { kind: "not", of: search } : search;
  }

  #one(field: Field | undefined): Search {
    const token = this.#tokens[this.#at];
    if (token === undefined) {
      throw new SearchError("it ends where a term should stand");
    }
    this.#at += 1;
    if (token.kind === "(") {
      return this.#bracket(field);
    }
    if (token.kind === "field") {
      return this.#fieldTerm(token.name, field);
    }
    // a comparison alone says of what field it is in brackets of one
    if (!isValue(token) || (field === undefined && !isText(token))) {
      throw new SearchError(`${shown(token)} stands where a term should`);
    }
    return term(field ?? { kind: "message" }, token);
  }

  #bracket(field: Field | undefined): Search {
    this.#depth += 1;
    if (this.#depth > deepest) {
      throw new SearchError(`more than ${deepest} brackets within each other`);
    }
    const search = this.or(field);
    if (!this.#takes(")")) {
      throw new SearchError("an opening bracket is never closed");
    }
    this.#depth -= 1;
    return search;
  }

  #fieldTerm(name: string, outer: Field | undefined): Search {
    if (outer !== undefined) {
      throw new SearchError(`"${name}:" stands inside the values of another field`);
    }
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token?.kind === "(") {
      return this.#bracket(fieldOf(name));
    }
    if (token === undefined || !isValue(token)) {
      throw new SearchError(`"${name}:" has no value`);
    }
    return name === "_exists_" || name === "_missing_"
      ? presence(name, token)
      : term(fieldOf(name), token);
  }

  #takes(kind: Token["kind"]): boolean {
    const isThere = this.#tokens[this.#at]?.kind === kind;
    this.#at += isThere ? 1 : 0;
    return isThere;
  }
}

function isText(token: Token): boolean {
  return token.kind === "word" || token.kind === "phrase";
}

type ValueToken = Extract<Token, { kind: "word" | "phrase" | "compare" | "range" }>;

function isValue(token: Token): token is ValueToken {
  return ["word", "phrase", "compare", "range"].includes(token.kind);
}

function joined(kind: "and" | "or", all: Search[]): Search {
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : { kind, of: all };
}

function presence(name: string, token: ValueToken): Search {
  if (token.kind !== "word" && token.kind !== "phrase") {
    throw new SearchError(`"${name}:" wants a field's name`);
  }
  const there: Term = { kind: "term", field: fieldOf(token.text), test: { kind: "exists" } };
  return name === "_exists_" ? there : { kind: "not", of: there };
}

function fieldOf(name: string): Field {
  if (name === "*") {
    return { kind: "all" };
  }
  if (name === "message") {
    return { kind: "message" };
  }
  if (name.startsWith("@")) {
    if (!/^@[^\s.@]+(?:\.[^\s.]+)*$/.test(name)) {
      throw new SearchError(`"${name}" is no attribute: write @name or @name.of.it`);
    }
    return { kind: "attribute", path: name.slice(1) };
  }
  return reservedNames.includes(name as Reserved)
    ? { kind: "reserved", name: name as Reserved }
    : { kind: "tag", key: name };
}

function term(field: Field, token: ValueToken): Search {
  const test = testOf(token);
  const isText = field.kind === "message" || field.kind === "all";
  if (isText && (test.kind === "compare" || test.kind === "range")) {
    throw new SearchError("a message has no order: ranges are for attributes");
  }
  const isAnything = test.kind === "exists" && isText;
  return isAnything ? { kind: "everything" } : { kind: "term", field, test };
}

function testOf(token: ValueToken): Test {
  switch (token.kind) {
    case "phrase":
      return { kind: "equals", text: token.text };
    case "word":
      if (token.text === "*") {
        return { kind: "exists" };
      }
      return token.isPattern
        ? { kind: "like", pattern: token.text }
        : { kind: "equals", text: token.text };
    case "compare":
      return { kind: "compare", by: token.by, value: token.value };
    case "range":
      return {
        kind: "range",
        from: token.from,
        to: token.to,
        inclusive: token.inclusive,
      };
  }
}

function shown(token: Token): string {
  if ("text" in token) {
    return JSON.stringify(token.text);
  }
  return "name" in token ? `"${token.name}:"` : `"${token.kind}"`;
}
