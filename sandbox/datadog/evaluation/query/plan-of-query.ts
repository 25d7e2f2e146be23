import { readQuery, splitComparison } from "../../validation/monitor-query.ts";
import { checkPlan, logPlan, sloPlan } from "./parse-log-query.ts";
import { parseComposite } from "../state/composite.ts";
import { type SeriesQuery, seriesOf } from "./metric-expression.ts";
import { parseExpression } from "./read-expression.ts";
import type { MetricPlan } from "./plan.ts";
import { type Compared, notEvaluated, type Plan } from "./plan.ts";
import { minutesOf } from "./windows.ts";

/**
 * What a monitor's query asks for. Forms whose meaning is not known for sure are not evaluated, with
 * the reason; the grammar itself is read by validation/monitor-query.ts.
 */
export function planOf(type: string, query: string): Plan {
  if (type === "synthetics alert") return { kind: "synthetics" };
  const reading = readQuery(type, query);
  switch (reading.kind) {
    case "invalid":
    case "unjudged":
      return notEvaluated(reading.why);
    case "composite":
      return compositePlan(query);
    case "check":
      return checkPlan(query);
    case "slo":
      return sloPlan(query, reading);
    case "threshold":
      return thresholdPlan(type, query, reading);
  }
}

function thresholdPlan(type: string, query: string, compared: Compared): Plan {
  if (type === "log alert") return logPlan(query, compared);
  return type === "metric alert" || type === "query alert"
    ? metricPlan(query, compared)
    : notEvaluated(`monitors of type "${type}" are not understood`);
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
    aggregation: aggregation as MetricPlan["aggregation"],
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
