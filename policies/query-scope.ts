import { isLimited, isNarrow, type Term } from "./log-query.ts";

/**
 * Whether a query of metrics, logs or events finds nothing outside of one place.
 *
 * @param filters - tags and template variables that name a place
 */
export function isScoped(query: string, filters: readonly string[]): boolean {
  return searchesOf(query).every((search) => isLimited(search, (term) => names(filters, term)));
}

/** The filters of a metric query, one per metric; a search for logs or events is its own. */
function searchesOf(query: string): readonly string[] {
  const filters = [...query.matchAll(/(?<=[\w.])(?<!\bby)\{([^}]*)\}/g)];
  return filters.length === 0 ? [query] : filters.map(([, filter = ""]) => filter);
}

/** `env:demo`, `$env`, `env:$env.value`, and `tag:$env` as monitors and events are found by. */
function names(filters: readonly string[], { key, value }: Term): boolean {
  const word = (key === undefined ? value : `${key}:${value}`).replace(/^(tags?|scope|group):/, "");
  return filters.some(
    (filter) =>
      word === `$${filter}` ||
      word.startsWith(`$${filter}.`) ||
      (word.startsWith(`${filter}:`) && isNarrow({ value: word.slice(filter.length + 1) })),
  );
}
