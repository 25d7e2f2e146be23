import { isMonitor, tagsOf } from "../datadog.ts";
import { resourceRule, stringList } from "../rule.ts";

export const monitorOwner = resourceRule({
  name: "monitor-owner",
  description: "Every monitor has tags that say whose it is",
  why: "An alert without an owner is nobody's, and cannot be found by its service.",
  fix: "add the tags, each with a value: team:…, service:…, managed-by:…",
  level: "mandatory",
  settings: { tags: stringList("Tags that must be there.", "team", "service", "managed-by") },
  evaluate: (resource, { tags }) =>
    isMonitor(resource)
      ? tags
          .filter((key) => tagsOf(resource, key).length === 0)
          .map((key) => `it has no tag ${key}`)
      : [],
});
