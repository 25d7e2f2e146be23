import { isPipeline, pipelinesIn } from "../datadog.ts";
import { listAt, textAt } from "../values.ts";
import { checkEach, type Resource, resourceRule } from "../rule.ts";
import { isLimited, isNarrow } from "../log-query.ts";

export const pipelineFilter = resourceRule({
  name: "pipeline-filter",
  description: "Every log pipeline, index and archive takes only the logs that it is meant for",
  why:
    "A pipeline without a filter rewrites the logs of other teams, an index takes them away, " +
    "and an archive copies them.",
  fix:
    "give every pipeline, the nested ones too, every index and every archive a filter that names " +
    "services, sources or a namespace, each by its name and in every branch of OR",
  level: "mandatory",
  evaluate: (resource) => {
    const stored = storedSearches(resource);
    if (stored !== undefined && !isNarrowed(stored)) return ["it takes all logs"];
    return isPipeline(resource)
      ? checkEach(pipelinesIn(resource.inputs), (pipeline) => {
          const name = textAt(pipeline, "name") ?? "without a name";
          const queries = listAt(pipeline, "filters").map((it) => textAt(it, "query") ?? "");
          return isNarrowed(queries) ? [] : [`pipeline ${name} takes all logs`];
        })
      : [];
  },
});

/** The provider sends the first filter alone; so each must do. */
function isNarrowed(searches: readonly string[]): boolean {
  return searches.length > 0 && searches.every((it) => isLimited(it, isNarrow));
}

/** What an index or an archive takes; undefined for anything else. */
function storedSearches({ type, inputs }: Resource): readonly string[] | undefined {
  if (type === "datadog:index/logsArchive:LogsArchive") return [textAt(inputs, "query") ?? ""];
  if (type !== "datadog:index/logsIndex:LogsIndex") return undefined;
  return listAt(inputs, "filters").map((filter) => textAt(filter, "query") ?? "");
}
