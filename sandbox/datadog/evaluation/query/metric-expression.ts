import type { TagTerm } from "./tag-filter.ts";

export type TimeAggregation = "avg" | "sum" | "min" | "max" | "count";

/** Percentiles are of distributions alone. */
export type SpaceAggregation = TimeAggregation | `p${number}`;

/** `sum:metric{scope} by {tags}.as_count()` */
export interface SeriesQuery {
  readonly aggregation: SpaceAggregation;
  readonly metric: string;
  readonly scope: readonly TagTerm[];
  readonly by: readonly string[];
  readonly asCount: boolean;
  readonly asRate?: true;
  readonly rollup?: Rollup;
  readonly fill?: Fill;
}

/** How the points of an interval become one, and how long an interval is. */
export interface Rollup {
  readonly method?: TimeAggregation;
  readonly seconds?: number;
}

/** What stands for intervals without a point. */
export interface Fill {
  readonly by: "null" | "zero" | "last" | "linear";
  /** The longest gap that is filled; linear and last only. */
  readonly seconds: number;
}

export type Operator = "+" | "-" | "*" | "/";

/** Groups of a query, each with its values by the number of their interval. */
export type Grouped = ReadonlyMap<string, Intervals>;
export type Intervals = ReadonlyMap<number, number>;

export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "series"; readonly query: SeriesQuery }
  /** What a formula's name stands for, where it was computed before. */
  | { readonly kind: "known"; readonly groups: Grouped }
  | { readonly kind: "defaultZero"; readonly of: Expression }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly of: Expression;
      readonly args: readonly (string | number)[];
    }
  | {
      readonly kind: "arithmetic";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

/** The series of an expression, from left to right. */
export function seriesOf(expression: Expression): readonly SeriesQuery[] {
  switch (expression.kind) {
    case "number":
    case "known":
      return [];
    case "series":
      return [expression.query];
    case "defaultZero":
    case "call":
      return seriesOf(expression.of);
    case "arithmetic":
      return [...seriesOf(expression.left), ...seriesOf(expression.right)];
  }
}

/** How many seconds before a window an expression looks, by its moving roll-ups. */
export function lookBehind(expression: Expression): number {
  switch (expression.kind) {
    case "number":
    case "series":
    case "known":
      return 0;
    case "defaultZero":
      return lookBehind(expression.of);
    case "call": {
      const own = expression.name === "moving_rollup" ? Number(expression.args[0]) : 0;
      return (Number.isFinite(own) ? own : 0) + lookBehind(expression.of);
    }
    case "arithmetic":
      return Math.max(lookBehind(expression.left), lookBehind(expression.right));
  }
}

/** Functions of a query besides `default_zero`, with how many numbers or words they may be given. */
export const functionArguments: Readonly<Record<string, number>> = {
  abs: 0,
  ceil: 0,
  floor: 0,
  log2: 0,
  log10: 0,
  cumsum: 0,
  diff: 0,
  per_second: 0,
  per_minute: 0,
  per_hour: 0,
  exclude_null: 0,
  clamp_min: 1,
  clamp_max: 1,
  cutoff_min: 1,
  cutoff_max: 1,
  moving_rollup: 2,
  top: 3,
};
