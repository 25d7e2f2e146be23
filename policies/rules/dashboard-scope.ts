import { dashboardOf, isDashboard, queriesIn } from "../datadog.ts";
import { checkEach, resourceRule, stringList } from "../rule.ts";
import { isScoped } from "../query-scope.ts";

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
          isScoped(query, filters)
            ? []
            : [`query ${query || "for everything"} has no filter on env or namespace`],
        )
      : [],
});
