import { isMonitor } from "../datadog.ts";
import { textAt } from "../values.ts";
import { checkResources, type Resource, stackRule } from "../rule.ts";

export const monitorQueries = stackRule({
  name: "monitor-queries",
  description: "No two monitors have the same query",
  why: "Two monitors with one query notify twice, and a change is made to only one of them.",
  fix: "remove one of them or change its query",
  level: "mandatory",
  evaluate({ resources }) {
    const first = new Map<string, Resource>();
    return checkResources(resources.filter(isMonitor), (monitor) => {
      const { inputs } = monitor;
      // It names other monitors by their ids, which nobody knows before they are made.
      if (textAt(inputs, "type") === "composite") return [];
      const query = textAt(inputs, "query")?.replace(/\s+/g, "") ?? "";
      const other = first.get(query);
      first.set(query, other ?? monitor);
      return query === "" || other === undefined
        ? []
        : [`it has the same query as monitor ${other.name}`];
    });
  },
});
