import { isMonitor, messageOf } from "../datadog.ts";
import { resourceRule } from "../rule.ts";

export const monitorRecovery = resourceRule({
  name: "monitor-recovery",
  description: "Every monitor's message has a text for the recovery",
  why: "Without it people keep working on what has ended, and forget what is left to do.",
  fix: "add {{#is_recovery}}what recovered, and what is left to do{{/is_recovery}}",
  level: "mandatory",
  evaluate: (resource) =>
    !isMonitor(resource) || messageOf(resource).recoveries.some(saysSomething)
      ? []
      : ["its message has no text for the recovery"],
});

/** Whether text is left once recipients and the marks of inner conditions are taken out. */
function saysSomething(text: string): boolean {
  return text.replace(/\{\{[#^/][^}]*\}\}|(?<!\S)@\S+/g, "").trim() !== "";
}
