/** A query under the name that formulas use. */
export interface Query {
  readonly name: string;
  readonly data_source: "metrics" | "logs" | "events";
  readonly [property: string]: unknown;
}

/** What numbers are: a unit that Datadog knows and scales, or a word behind them. */
export type Unit = "percent" | "nanosecond" | "second" | "dollar" | { readonly label: string };

/** One line, bar or number of a widget: what it shows, and what it is called. */
export interface Curve {
  readonly formula: string;
  readonly alias: string;
  readonly unit?: Unit;
}

/** Queries and the curves that are made of them. */
export interface Data {
  readonly queries: readonly Query[];
  readonly curves: readonly Curve[];
}

export const orders = { label: "orders" };
export const pods = { label: "pods" };

/** One metric as one curve. */
export function metric(alias: string, query: string, unit: Unit): Data {
  return metrics([[alias, query]], unit);
}

/** Metrics of one unit, each a curve of its own. */
export function metrics(
  curves: readonly (readonly [alias: string, query: string])[],
  unit: Unit,
): Data {
  return {
    queries: curves.map(([, query], index) => metricQuery(`q${index + 1}`, query)),
    curves: curves.map(([alias], index) => ({ formula: `q${index + 1}`, alias, unit })),
  };
}

/** A metric query by the name that a formula uses; a single number is its sum, mean or last value. */
export function metricQuery(
  name: string,
  query: string,
  aggregator?: "sum" | "avg" | "last",
): Query {
  return { name, data_source: "metrics", query, ...(aggregator && { aggregator }) };
}

/** A metric as one number: the sum of counts, or the last value of a gauge. */
export function number(curve: Omit<Curve, "formula">, query: string, aggregator: "sum" | "last") {
  return {
    queries: [metricQuery("q1", query, aggregator)],
    curves: [{ ...curve, formula: "q1" }],
  };
}

/** How many log lines a search finds, by the reserved attributes named: others need a facet. */
export function lines(
  alias: string,
  search: string,
  ...attributes: readonly ("service" | "status" | "host")[]
): Data {
  const compute = { aggregation: "count" };
  const query: Query = {
    name: "q1",
    data_source: "logs",
    indexes: ["*"],
    search: { query: search },
    compute,
    group_by: attributes.map((facet) => ({
      facet,
      limit: 50,
      sort: { ...compute, order: "desc" },
    })),
  };
  return { queries: [query], curves: [{ formula: "q1", alias, unit: { label: "lines" } }] };
}

/** How many events a search finds in each minute. */
export function eventsPerMinute(alias: string, search: string): Data {
  const query: Query = {
    name: "q1",
    data_source: "events",
    indexes: ["*"],
    search: { query: search },
    compute: { aggregation: "count", interval: 60_000 },
    group_by: [],
  };
  return { queries: [query], curves: [{ formula: "q1", alias, unit: { label: "events" } }] };
}

/** The curves as the API takes them. */
export function formulas({ curves }: Data): readonly { readonly formula: string }[] {
  return curves.map(({ unit, ...curve }) => ({
    ...curve,
    ...(unit !== undefined && { number_format: { unit: unitOf(unit) } }),
  }));
}

function unitOf(unit: Unit) {
  return typeof unit === "string"
    ? { type: "canonical_unit", unit_name: unit }
    : { type: "custom_unit_label", label: unit.label };
}
