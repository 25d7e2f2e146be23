// Patterns are RE2: no look-arounds, no back-references, at most 1,000 repetitions.

/** One rule of the Datadog Agent, as an annotation has it. */
export interface LogRule {
  readonly type: "exclude_at_match" | "mask_sequences" | "multi_line";
  readonly name: string;
  readonly pattern: string;
  readonly replace_placeholder?: string;
}

/** Drops an event in which the pattern is found. */
export function exclude(name: string, pattern: string): LogRule {
  return { type: "exclude_at_match", name, pattern };
}

/** Replaces what the pattern finds; `${1}` in the placeholder is the pattern's first group. */
export function mask(name: string, pattern: string, replace_placeholder: string): LogRule {
  return { type: "mask_sequences", name, pattern, replace_placeholder };
}

/** Says where an event begins, by patterns for the begin of its first line. */
export function startsWith(name: string, patterns: readonly string[]): LogRule {
  return { type: "multi_line", name, pattern: `(?:${patterns.join("|")})` };
}
