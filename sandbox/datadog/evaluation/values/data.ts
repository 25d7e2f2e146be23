import type { LogPlan } from "../query/plan.ts";

/** A piece of time in milliseconds: `from` is outside of it, `to` inside. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Point {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** Points of one metric with one set of tags. In a distribution each sample is a point. */
export interface Series {
  /** `key:value`, in lower case. */
  readonly tags: readonly string[];
  readonly kind: "gauge" | "count" | "distribution";
  readonly points: readonly Point[];
}

/** One log line that a search found. */
export interface FoundLog {
  readonly at: number;
  /** Value of a reserved attribute, a tag (`service`) or an attribute (`@order.id`). */
  readonly valueOf: (path: string) => unknown;
}

export type CheckStatus = "OK" | "WARNING" | "CRITICAL" | "UNKNOWN";

/** One run of a service check. */
export interface CheckRun {
  readonly at: number;
  readonly tags: readonly string[];
  readonly status: CheckStatus;
}

/** One run of a synthetic test. */
export interface SyntheticsRun {
  readonly at: number;
  readonly location: string;
  readonly passed: boolean;
}

/** An SLO as far as an alert on it must know. */
export interface SloFacts {
  /** Share that must be good for each time frame, such as `7d`: 0 to 1. */
  readonly targets: Readonly<Record<string, number>>;
  readonly kind:
    | { readonly good: string; readonly total: string; readonly queries: Bindings }
    | { readonly monitors: readonly number[] };
}

/** Metric queries that a formula refers to, by name. */
export type Bindings = Readonly<Record<string, string>>;

type LogQuestion = Pick<LogPlan, "search" | "by" | "measure">;

type Later<T> = T | Promise<T>;

/** Where the evaluation gets its data from; every answer may be given at once or later. */
export interface Sources {
  readonly series: (metric: string, span: Span) => Later<readonly Series[]>;
  readonly logs: (query: string, span: Span) => Later<readonly FoundLog[]>;
  /** What `logs` and their measure give, where lines are counted as they arrive. */
  readonly measured?: (measure: LogQuestion, span: Span) => Later<ReadonlyMap<string, number>>;
  readonly checks: (check: string, span: Span) => Later<readonly CheckRun[]>;
  readonly slo: (id: string) => SloFacts | undefined;
  /** Runs of the synthetic test that has this monitor, oldest first; absent where none are run. */
  readonly synthetics?: (monitor: number) => Later<readonly SyntheticsRun[]>;
}
