/** What the tags of a series must be: `key:value` with wildcards, or not that. */
export interface TagTerm {
  readonly pattern: string;
  readonly negated: boolean;
}

/**
 * Reads the scope between the braces of a metric query: terms joined by commas, all of which must
 * hold. Returns why not, as text, for what is more than that.
 * https://docs.datadoghq.com/metrics/advanced-filtering/
 */
export function parseTagFilter(text: string): readonly TagTerm[] | string {
  if (/\b(?:AND|OR|NOT|IN)\b|[()$]/i.test(text)) {
    return `the scope {${text}} is more than tags joined by commas`;
  }
  const terms = text.split(",").map((term) => term.trim());
  if (terms.includes("") || (terms.includes("*") && terms.length > 1)) {
    return `the scope {${text}} cannot be read`;
  }
  return terms
    .filter((term) => term !== "*")
    .map((term) => {
      const negated = /^[!-]/.test(term);
      return { pattern: (negated ? term.slice(1) : term).toLowerCase(), negated };
    });
}

/** Whether tags fulfil every term; tags are compared without regard to case, as Datadog does. */
export function tagsMatch(terms: readonly TagTerm[], tags: readonly string[]): boolean {
  return terms.every(
    ({ pattern, negated }) => tags.some((tag) => matches(pattern, tag)) !== negated,
  );
}

function matches(pattern: string, tag: string): boolean {
  const text = tag.toLowerCase();
  if (!pattern.includes("*")) return pattern === text;
  const source = pattern.split("*").map(escaped).join(".*");
  return new RegExp(`^${source}$`, "s").test(text);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The group of a single alert. */
export const everything = "*";

/**
 * The group that tags belong to, such as `host:a,env:b` in the order of the grouping; undefined
 * where a tag is missing, as such series are no part of a grouped query.
 */
export function groupOf(by: readonly string[], tags: readonly string[]): string | undefined {
  if (by.length === 0) return everything;
  const found = by.map((key) => tags.find((tag) => tag.startsWith(`${key}:`)));
  return found.includes(undefined) ? undefined : found.join(",");
}
