import type { Comparator } from "../../validation/monitor-query.ts";
import type { CompositeTree } from "../state/composite.ts";
import type { Expression } from "./metric-expression.ts";
import type { MetricQuestion } from "../values/metric-value.ts";

export interface Compared {
  readonly comparator: Comparator;
  readonly threshold: number;
}

export interface MetricPlan extends Compared {
  readonly kind: "metric";
  readonly aggregation: MetricQuestion["aggregation"];
  readonly minutes: number;
  readonly expression: Expression;
  readonly by: readonly string[];
  /** Whether the query counts things, so that an empty window may mean 0. */
  readonly counts: boolean;
}

/** What a log monitor makes of the lines that it finds. */
export type LogMeasure =
  | { readonly kind: "count" }
  | { readonly kind: "cardinality"; readonly path: string }
  | {
      readonly kind: "measure";
      readonly aggregation: "avg" | "sum" | "min" | "max" | "percentile";
      /** Only of a percentile: 75 to 99. */
      readonly percent: number;
      readonly path: string;
    };

export interface LogPlan extends Compared {
  readonly kind: "log";
  readonly search: string;
  readonly measure: LogMeasure;
  readonly minutes: number;
  readonly by: readonly string[];
}

export interface CheckPlan {
  readonly kind: "check";
  readonly check: string;
  /** Tags that a run must carry, all of them. */
  readonly over: readonly string[];
  readonly by: readonly string[];
  /** Number of runs that are evaluated. */
  readonly last: number;
}

export interface CompositePlan {
  readonly kind: "composite";
  readonly tree: CompositeTree;
}

export interface SloPlan extends Compared {
  readonly kind: "slo";
  readonly slo: string;
  readonly timeframe: string;
  readonly longMinutes: number;
  readonly shortMinutes: number;
}

/** The monitor of a synthetic test, which its runs decide over. */
interface SyntheticsPlan {
  readonly kind: "synthetics";
}

export interface NotEvaluated {
  readonly kind: "not evaluated";
  readonly why: string;
}

export type Plan =
  MetricPlan | LogPlan | CheckPlan | CompositePlan | SloPlan | SyntheticsPlan | NotEvaluated;

export function notEvaluated(why: string): NotEvaluated {
  return { kind: "not evaluated", why };
}
