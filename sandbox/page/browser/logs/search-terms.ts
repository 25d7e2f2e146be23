/** A search with one more term that must hold; the same term is not added twice. */
export function withTerm(query: string, key: string, value: string): string {
  const term = termOf(key, value);
  const rest = query.trim() === "*" ? "" : query.trim();
  if (` ${rest} `.includes(` ${term} `)) return rest;
  const isMixed = /\bOR\b/.test(rest) && !/^\(.*\)$/s.test(rest);
  return [isMixed ? `(${rest})` : rest, term].filter((part) => part !== "").join(" ");
}

/** The search without that term. */
export function withoutTerm(query: string, key: string, value: string): string {
  return ` ${query} `.replace(` ${termOf(key, value)} `, " ").trim();
}

export function hasTerm(query: string, key: string, value: string): boolean {
  return ` ${query} `.includes(` ${termOf(key, value)} `);
}

/** `key:value` in Datadog's syntax: attributes begin with @, odd values stand in quotes. */
export function termOf(key: string, value: string): string {
  const isPlain = /^[\w.@/-]+$/.test(value);
  return `${key}:${isPlain ? value : `"${value.replaceAll(/["\\]/g, "\\$&")}"`}`;
}
