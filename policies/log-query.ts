/** One word of a search. */
export interface Term {
  /** What stands before the first colon, for instance `service`; absent where nothing does. */
  readonly key?: string | undefined;

  /** What stands after it, without quotes. */
  readonly value: string;
}

/** A term with its quotes, `(` with its key, or as a value one of `) , AND OR NOT`. */
interface Token extends Term {
  readonly negated: boolean;
}

type Test = (term: Term) => boolean;

const words =
  /(?<not>[-!])?(?:(?<key>[^\s():",]+):)?(?<value>[(),]|"(?:\\.|[^"\\])*"?|\[[^\]]*\]?|[^\s()",]+)/g;

/**
 * Whether a log search, or the filter of a metric query, finds nothing but what a term limits it
 * to: one that is not negated, in every branch of OR. A search for everything is not limited.
 *
 * @param limits - whether a term is one that counts
 */
export function isLimited(search: string, limits: Test): boolean {
  const tokens = tokensOf(search);
  const parts: boolean[] = [];
  while (tokens.length > 0) {
    parts.push(isEveryBranch(tokens, limits));
    tokens.shift(); // a bracket that closes nothing
  }
  return parts.length > 0 && parts.every(Boolean);
}

/** Whether a value is more than a wildcard with at most two letters, or a range of such ones. */
export function isNarrow({ value }: Term): boolean {
  const letters = value.replace(/\bTO\b/, "").match(/[\p{L}\p{N}]/gu) ?? [];
  return letters.length > (/[*?]/.test(value) ? 2 : 0);
}

function tokensOf(search: string): Token[] {
  const sets = search.replace(
    /([\w./@-]+)\s+(not\s+)?in\s*\(/gi,
    (_, key: string, not?: string) => `${not === undefined ? "" : "NOT "}${key}:(`,
  );
  return [...sets.matchAll(words)].map(({ groups }) => ({
    negated: groups?.["not"] !== undefined,
    key: groups?.["key"],
    value: groups?.["value"] ?? "",
  }));
}

function isEveryBranch(tokens: Token[], limits: Test, key?: string): boolean {
  let limited = isAnyTerm(tokens, limits, key);
  while (separatesBranches(tokens[0], key)) {
    tokens.shift();
    limited = isAnyTerm(tokens, limits, key) && limited;
  }
  return limited;
}

/** Terms beside each other must all hold; so one that limits is enough. */
function isAnyTerm(tokens: Token[], limits: Test, key?: string): boolean {
  let limited = false;
  let negated = false;
  while (!endsBranch(tokens[0], key)) {
    const token = tokens.shift();
    if (token?.value === "NOT") negated = true;
    else if (token !== undefined && token.value !== "AND" && token.value !== ",") {
      limited = (doesLimit(token, tokens, limits, key) && !negated) || limited;
      negated = false;
    }
  }
  return limited;
}

function endsBranch(token: Token | undefined, key?: string): boolean {
  return token === undefined || token.value === ")" || separatesBranches(token, key);
}

function doesLimit(token: Token, tokens: Token[], limits: Test, outerKey?: string): boolean {
  const key = token.key ?? outerKey;
  if (token.value !== "(") {
    const value = token.value.replace(/^"|"$/g, "");
    return limits({ key, value }) && !token.negated;
  }
  const limited = isEveryBranch(tokens, limits, key);
  tokens.shift();
  return limited && !token.negated;
}

/** Inside of `key:(a, b)` the comma means OR, elsewhere AND. */
function separatesBranches(token: Token | undefined, key?: string): boolean {
  return token?.value === "OR" || (token?.value === "," && key !== undefined);
}
