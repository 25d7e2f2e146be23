import type { Monitor } from "../api/shapes.ts";

/** What a monitor watches, as a query of the timeseries API; the threshold is drawn over it. */
export interface MonitorGraph {
  readonly queries: readonly Readonly<Record<string, unknown>>[];
  readonly thresholds: readonly { readonly value: number; readonly kind: "error" | "warning" }[];
}

/** The graph of a monitor; undefined where it watches no number: composites, checks, burn rates. */
export function graphOf({
  type,
  query,
  options,
}: Pick<Monitor, "type" | "query" | "options">): MonitorGraph | undefined {
  const found = type.startsWith("log") ? logQuery(query) : metricQuery(query);
  if (found === undefined) return undefined;
  const { critical, warning } = options.thresholds ?? {};
  return {
    queries: [found],
    thresholds: [
      ...(typeof critical === "number" ? [{ value: critical, kind: "error" } as const] : []),
      ...(typeof warning === "number" ? [{ value: warning, kind: "warning" } as const] : []),
    ],
  };
}

/** `avg(last_5m):<query> > 1`, the form of metric monitors. */
function metricQuery(text: string): Readonly<Record<string, unknown>> | undefined {
  const [, query] =
    /^\w+\(last_\w+\):\s*(.*?)\s*(?:>=|<=|>|<|==|!=)\s*-?[\d.e+-]+\s*$/s.exec(text) ?? [];
  return query === undefined ? undefined : { name: "q1", data_source: "metrics", query };
}

const logForm =
  /^logs\("((?:[^"\\]|\\.)*)"\)\.index\("([^"]*)"\)\.rollup\("(\w+)"(?:,\s*"([^"]+)")?\)((?:\.by\("[^"]*"\))?)/s;

/** `logs("<search>").index("*").rollup("count")…`, the form of log monitors. */
function logQuery(text: string): Readonly<Record<string, unknown>> | undefined {
  const [, search, index, aggregation, metric, by = ""] = logForm.exec(text) ?? [];
  if (search === undefined || aggregation === undefined) return undefined;
  const facets = (/"([^"]*)"/.exec(by)?.[1] ?? "").split(",").filter((facet) => facet !== "");
  return {
    name: "q1",
    data_source: "logs",
    indexes: [index ?? "*"],
    search: { query: search.replaceAll(/\\(.)/g, "$1") },
    compute: { aggregation, ...(metric !== undefined && { metric }) },
    group_by: facets.map((facet) => ({ facet, limit: 10 })),
  };
}

/** The ids of the monitors that a composite joins. */
export function membersOf({ type, query }: Pick<Monitor, "type" | "query">): readonly number[] {
  return type === "composite" ? [...new Set(query.match(/\d+/g)?.map(Number))] : [];
}
