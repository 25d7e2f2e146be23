import { hasAlert } from "../datadog.ts";
import { textAt } from "../values.ts";
import { resourceRule } from "../rule.ts";

/** A page or a file with a heading, which says itself that it is a runbook, or is said to be one. */
const links = [
  /https?:\/\/\S*runbook\S*#[\w-]+/i,
  /runbook\S*\.md#[\w-]+/i,
  /runbook\W{1,4}(https?:\/\/\S+|\S+\.md)#[\w-]+/i,
];

export const monitorRunbook = resourceRule({
  name: "monitor-runbook",
  description: "Every monitor's message links to its heading in the runbook",
  why: "Whoever is paged at night needs the next step, without a search for it.",
  fix: "add a line such as: Runbook: https://…/runbook.md#name-of-the-monitor",
  level: "mandatory",
  evaluate: (resource) =>
    !hasAlert(resource) || links.some((it) => it.test(textAt(resource.inputs, "message") ?? ""))
      ? []
      : ["its message links no heading of a runbook"],
});
