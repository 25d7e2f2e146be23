import { hasAlert, tagsOf } from "../datadog.ts";
import { resourceRule, stringList } from "../rule.ts";

export const monitorOwner = resourceRule({
  name: "monitor-owner",
  description: "Every monitor has tags that name its owner",
  why: "Nobody handles an alert without an owner, and nobody finds it by its service.",
  fix: "add the tags, each with a value: team:…, service:…, managed-by:…",
  level: "mandatory",
  settings: { tags: stringList("Tags that a monitor must have.", "team", "service", "managed-by") },
  evaluate: (resource, { tags }) =>
    hasAlert(resource)
      ? tags
          .filter((key) => tagsOf(resource, key).length === 0)
          .map((key) => `it has no tag ${key}`)
      : [],
});
