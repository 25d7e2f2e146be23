import { isMonitor } from "../datadog.ts";
import { textAt } from "../read.ts";
import { attempt, type Located, type Resource, stackRule } from "../rule.ts";

export const monitorQueries = stackRule({
  name: "monitor-queries",
  demand: "No two monitors ask the same",
  why: "Two monitors with one query page twice for one thing, and are changed once.",
  mend: "remove one of them, or change its query",
  level: "mandatory",
  judge({ resources }) {
    const first = new Map<string, Resource>();
    return resources.filter(isMonitor).flatMap((resource): readonly Located[] => {
      // It names other monitors by their ids, which nobody knows before they are made.
      if (textAt(resource.inputs, "type") === "composite") return [];
      return attempt<readonly Located[]>(
        () => {
          const query = textAt(resource.inputs, "query")?.replace(/\s+/g, "") ?? "";
          const other = first.get(query);
          first.set(query, other ?? resource);
          if (query === "" || other === undefined) return [];
          return [{ resource, problem: `monitor ${other.name} asks the same` }];
        },
        (problem) => [{ resource, problem }],
      );
    });
  },
});
