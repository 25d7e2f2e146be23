import { dashboardOf, isDashboard, queriesIn } from "../datadog.ts";
import { checkEach, resourceRule, stringList } from "../rule.ts";
import { isLimited, isNarrow, type Term } from "../log-query.ts";

export const dashboardScope = resourceRule({
  name: "dashboard-scope",
  description: "Every query of a dashboard is limited to one environment or namespace",
  why: "A query over the whole account counts other people's orders as this shop's.",
  fix: "add env:… or kube_namespace:…, or a template variable such as $env, to the query",
  level: "mandatory",
  settings: {
    filters: stringList(
      "Tags and template variables; every query must name at least one.",
      "env",
      "kube_namespace",
      "kube_cluster_name",
      "cluster_name",
      "namespace",
      "cluster",
    ),
  },
  evaluate: (resource, { filters }) =>
    isDashboard(resource)
      ? checkEach(queriesIn(dashboardOf(resource)), (query) =>
          searchesOf(query).every((search) => isLimited(search, (term) => names(filters, term)))
            ? []
            : [`query ${query || "for everything"} has no filter on env or namespace`],
        )
      : [],
});

/** The filters of a metric query, one per metric; a search for logs or events is its own. */
function searchesOf(query: string): readonly string[] {
  const filters = [...query.matchAll(/(?<=[\w.])(?<!\bby)\{([^}]*)\}/g)];
  return filters.length === 0 ? [query] : filters.map(([, filter = ""]) => filter);
}

/** `env:demo`, `$env`, `env:$env.value`, and `tag:$env` as monitors and events are found by. */
function names(filters: readonly string[], { key, value }: Term): boolean {
  const word = (key === undefined ? value : `${key}:${value}`).replace(/^(tags?|scope|group):/, "");
  return filters.some(
    (filter) =>
      word === `$${filter}` ||
      word.startsWith(`$${filter}.`) ||
      (word.startsWith(`${filter}:`) && isNarrow({ value: word.slice(filter.length + 1) })),
  );
}
