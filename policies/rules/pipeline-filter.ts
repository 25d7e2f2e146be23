import { isPipeline, pipelinesIn } from "../datadog.ts";
import { listAt, textAt } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";
import { isLimited, isNarrow } from "../log-query.ts";

export const pipelineFilter = resourceRule({
  name: "pipeline-filter",
  description: "Every log pipeline processes only the logs that it is meant for",
  why: "A pipeline without a filter rewrites the logs of other teams.",
  fix:
    "give every pipeline, the nested ones too, a filter that names services or sources, " +
    "each by its name and in every branch of OR",
  level: "mandatory",
  evaluate: (resource) =>
    isPipeline(resource)
      ? checkEach(pipelinesIn(resource.inputs), (pipeline) => {
          const name = textAt(pipeline, "name") ?? "without a name";
          const queries = listAt(pipeline, "filters").map((it) => textAt(it, "query") ?? "");
          // The provider sends the first filter alone; so each must do.
          const wide = queries.length === 0 || !queries.every((it) => isLimited(it, isNarrow));
          return wide ? [`pipeline ${name} takes all logs`] : [];
        })
      : [],
});
