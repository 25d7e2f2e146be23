import { isMonitor } from "../datadog.ts";
import { textAt } from "../read.ts";
import { resourceRule } from "../rule.ts";

export const monitorRecovery = resourceRule({
  name: "monitor-recovery",
  demand: "Every monitor's message says when it is over",
  why: "Without it people go on working on what has ended, and forget what remains to be done.",
  mend: "add {{#is_recovery}}what is well again, and what remains to be done{{/is_recovery}}",
  level: "mandatory",
  judge: (resource) =>
    !isMonitor(resource) ||
    /\{\{#is_(\w+_)?recovery\}\}\s*\S[^]*\{\{\/is_(\w+_)?recovery\}\}/.test(
      textAt(resource.inputs, "message") ?? "",
    )
      ? []
      : ["its message has no text for the recovery"],
});
