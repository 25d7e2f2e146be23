import { dashboardOf, isDashboard, queriesIn } from "../datadog.ts";
import { each, resourceRule, words } from "../rule.ts";

export const dashboardScope = resourceRule({
  name: "dashboard-scope",
  demand: "Every query of a dashboard is limited to an environment or a namespace",
  why: "A query over the whole account shows other people's orders as ours.",
  mend: "add env:… or kube_namespace:…, or a template variable such as $env, to the query",
  level: "mandatory",
  settings: {
    filters: words(
      "Tags and template variables, one of which every query must name.",
      "env",
      "kube_namespace",
      "kube_cluster_name",
      "cluster_name",
      "namespace",
      "cluster",
    ),
  },
  judge: (resource, { filters }) =>
    isDashboard(resource)
      ? each(queriesIn(dashboardOf(resource)), (query) =>
          filters.some((it) => query.includes(`$${it}`) || query.includes(`${it}:`))
            ? []
            : [`query ${query} has no filter on env or namespace`],
        )
      : [],
});
