import { type Comparator, judgeQuery, splitComparison } from "../rules/monitor-query.ts";
import { checkPlan, logPlan, sloPlan } from "./chain-plans.ts";
import { type CompositeTree, parseComposite } from "./composite.ts";
import {
  type Expression,
  parseExpression,
  type SeriesQuery,
  seriesOf,
} from "./metric-expression.ts";
import type { TimeAggregation } from "./metric-value.ts";
import { minutesOf } from "./windows.ts";

export interface Compared {
  readonly comparator: Comparator;
  readonly threshold: number;
}

export interface MetricPlan extends Compared {
  readonly kind: "metric";
  readonly aggregation: TimeAggregation;
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
  /** So many runs are looked at. */
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

export interface NotEvaluated {
  readonly kind: "not evaluated";
  readonly why: string;
}

export type Plan = MetricPlan | LogPlan | CheckPlan | CompositePlan | SloPlan | NotEvaluated;

/**
 * What a monitor's query asks for. Forms whose meaning is not known for sure are not evaluated, with
 * the reason; the grammar itself is judged by rules/monitor-query.ts.
 */
export function planOf(type: string, query: string): Plan {
  const verdict = judgeQuery(type, query);
  switch (verdict.kind) {
    case "invalid":
    case "unjudged":
      return notEvaluated(verdict.why);
    case "composite":
      return compositePlan(query);
    case "check":
      return checkPlan(query);
    case "slo":
      return sloPlan(query, verdict);
    case "threshold":
      if (type === "log alert") return logPlan(query, verdict);
      return type === "metric alert" || type === "query alert"
        ? metricPlan(query, verdict)
        : notEvaluated(`monitors of type "${type}" are not understood`);
  }
}

function notEvaluated(why: string): NotEvaluated {
  return { kind: "not evaluated", why };
}

function compositePlan(query: string): Plan {
  const tree = parseComposite(query);
  return tree === undefined
    ? notEvaluated("the condition cannot be read")
    : { kind: "composite", tree };
}

const metricForm = /^(avg|sum|min|max)\(last_(\w+)\):(.*)$/s;

function metricPlan(query: string, { comparator, threshold }: Compared): Plan {
  const [left = ""] = splitComparison(query) ?? [];
  const found = metricForm.exec(left);
  if (found === null) return notEvaluated("only avg, sum, min and max over last_… are understood");
  const [, aggregation, window, text] = found as unknown as readonly [
    string,
    string,
    string,
    string,
  ];
  const expression = parseExpression(text);
  if (typeof expression === "string") return notEvaluated(expression);
  const series = seriesOf(expression);
  const why = whyNotSeries(aggregation, series);
  if (why !== undefined) return notEvaluated(why);
  return {
    kind: "metric",
    aggregation: aggregation as TimeAggregation,
    minutes: minutesOf(window) ?? Number.NaN,
    expression,
    by: series[0]?.by ?? [],
    counts: series.every(({ asCount }) => asCount) && !text.includes("default_zero("),
    comparator,
    threshold,
  };
}

function whyNotSeries(aggregation: string, series: readonly SeriesQuery[]): string | undefined {
  const groupings = new Set(series.map(({ by }) => by.join(",")));
  if (groupings.size !== 1) return "the parts of the query are grouped differently";
  return aggregation !== "sum" && series.some(({ asCount }) => asCount)
    ? `.as_count() goes with sum(), not with ${aggregation}()`
    : undefined;
}
