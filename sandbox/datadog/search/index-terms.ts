import type { Search } from "./syntax.ts";

/** What every log that matches must have, as far as the store has an index for it. */
export interface IndexTerms {
  readonly service?: string;
  readonly status?: string;
}

/** The plain `service:` and `status:` terms that must hold; empty where the search leaves a choice. */
export function indexTerms(search: Search): IndexTerms {
  const terms = search.kind === "and" ? search.of : [search];
  const found = terms.flatMap((term) => {
    const isPlain =
      term.kind === "term" && term.field.kind === "reserved" && term.test.kind === "equals";
    return isPlain ? [[term.field.name, term.test.text] as const] : [];
  });
  return Object.fromEntries(found.filter(([name]) => name === "service" || name === "status"));
}
