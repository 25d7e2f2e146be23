import { isMonitor } from "../datadog.ts";
import { textAt } from "../read.ts";
import { resourceRule } from "../rule.ts";

export const monitorRunbook = resourceRule({
  name: "monitor-runbook",
  demand: "Every monitor's message links its place in the runbook",
  why: "Whoever is paged at night needs the next step, not the search for it.",
  mend: "add a line such as: Runbook: https://…/runbook.md#name-of-the-monitor",
  level: "mandatory",
  judge: (resource) =>
    !isMonitor(resource) || /runbook\S*#[\w-]+/i.test(textAt(resource.inputs, "message") ?? "")
      ? []
      : ["its message links no heading of a runbook"],
});
