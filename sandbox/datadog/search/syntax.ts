/** A search of logs, as Datadog's search syntax says it, without any doubt about precedence. */
export type Search =
  | { readonly kind: "everything" }
  | { readonly kind: "and" | "or"; readonly of: readonly Search[] }
  | { readonly kind: "not"; readonly of: Search }
  | Term;

/** One condition on one field. */
export interface Term {
  readonly kind: "term";
  readonly field: Field;
  readonly test: Test;
}

/** Where a term looks. `all` is `*:`, the message and every attribute. */
export type Field =
  | { readonly kind: "message" | "all" }
  | { readonly kind: "reserved"; readonly name: Reserved }
  | { readonly kind: "attribute"; readonly path: string }
  | { readonly kind: "tag"; readonly key: string };

/** Fields of a log itself: neither attributes nor tags, written without `@`. */
export const reservedNames = ["host", "source", "status", "service", "trace_id"] as const;
export type Reserved = (typeof reservedNames)[number];

/** What the value must be. A pattern's `*` stands for any characters, `?` for one. */
export type Test =
  | { readonly kind: "exists" }
  | { readonly kind: "equals"; readonly text: string }
  | { readonly kind: "like"; readonly pattern: string }
  | { readonly kind: "compare"; readonly by: Comparison; readonly value: string }
  | {
      readonly kind: "range";
      readonly from: string;
      readonly to: string;
      readonly inclusive: boolean;
    };

export type Comparison = "<" | "<=" | ">" | ">=";

/** A search that is not understood: what, and where it stands. */
export class SearchError extends Error {}
