import type { TimeAggregation } from "../query/metric-expression.ts";

/** One value of many; undefined of none. */
export function overTime(
  aggregation: TimeAggregation,
  values: readonly number[],
): number | undefined {
  if (values.length === 0) return undefined;
  switch (aggregation) {
    case "count":
      return values.length;
    case "sum":
      return sumOf(values);
    case "avg":
      return sumOf(values) / values.length;
    case "min":
      return values.reduce((least, value) => Math.min(least, value));
    case "max":
      return values.reduce((most, value) => Math.max(most, value));
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The nearest rank: Datadog's sketches are within 1 % of it. Undefined of none. */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
