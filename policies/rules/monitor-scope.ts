import { isMonitor } from "../datadog.ts";
import { isScoped } from "../query-scope.ts";
import { textAt } from "../values.ts";
import { resourceRule, stringList } from "../rule.ts";

export const monitorScope = resourceRule({
  name: "monitor-scope",
  description: "Every monitor's query is limited to one environment, cluster or namespace",
  why: "A query over the whole account alerts on other people's orders, and hides this shop's.",
  fix: "add env:…, kube_cluster_name:… or kube_namespace:… to the query",
  level: "mandatory",
  settings: {
    filters: stringList(
      "Tags; every query must have at least one.",
      "env",
      "kube_namespace",
      "kube_cluster_name",
    ),
    types: stringList("Types of monitors that refer to others instead.", "composite", "slo alert"),
  },
  evaluate(resource, { filters, types }) {
    if (!isMonitor(resource)) return [];
    const { inputs } = resource;
    if (types.includes(textAt(inputs, "type") ?? "")) return [];
    const query = textAt(inputs, "query");
    if (query === undefined) return [];
    return searchesOf(query).every((search) => isScoped(search, filters))
      ? []
      : ["its query has no filter on env, cluster or namespace"];
  },
});

/** The search of a log monitor, the scopes of a service check, or the query of metrics itself. */
function searchesOf(query: string): readonly string[] {
  const quoted = /^\s*(?:logs|events)\("((?:\\.|[^"\\])*)"\)/.exec(query)?.[1];
  if (quoted !== undefined) return [quoted.replaceAll('\\"', '"')];
  const over = /\.over\(([^)]*)\)/.exec(query)?.[1];
  return [over === undefined ? query : over.replaceAll('"', " ").replaceAll(",", " ")];
}
