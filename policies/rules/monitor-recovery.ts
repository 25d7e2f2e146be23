import { isMonitor, messageOf } from "../datadog.ts";
import { resourceRule } from "../rule.ts";

export const monitorRecovery = resourceRule({
  name: "monitor-recovery",
  description: "Every monitor's message says when it is over",
  why: "Without it people go on working on what has ended, and forget what remains to be done.",
  fix: "add {{#is_recovery}}what is well again, and what remains to be done{{/is_recovery}}",
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
