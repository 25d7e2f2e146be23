import { isPipeline, pipelinesIn } from "../datadog.ts";
import { at, listAt, textAt } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";

export const pipelineSamples = resourceRule({
  name: "pipeline-samples",
  description: "Every grok parser has samples of the lines that it parses",
  why: "Without a sample, nobody sees in Datadog whether the rule still matches.",
  fix: "add at most five real lines without personal data to samples",
  level: "mandatory",
  evaluate: (resource) =>
    isPipeline(resource)
      ? checkEach(pipelinesIn(resource.inputs), (pipeline) =>
          listAt(pipeline, "processors")
            .map((processor) => at(processor, "grokParser"))
            .filter((parser) => parser !== undefined)
            .filter((parser) => !listAt(parser, "samples").some((it) => textAt(it)?.trim()))
            .map((parser) => `grok parser ${textAt(parser, "name") ?? "without a name"} has none`),
        )
      : [],
});
