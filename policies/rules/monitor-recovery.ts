import { hasAlert, messageOf } from "../datadog.ts";
import { resourceRule } from "../rule.ts";

/**
 * Variables that are empty, or those of the alert, where a monitor recovers: its value may be
 * missing, and no log line caused the recovery.
 */
const emptyOnRecovery = /\{\{[^}]*\b(?:value|(?:warn_)?threshold|log\.[\w.[\]]+)\b[^}]*\}\}/;

export const monitorRecovery = resourceRule({
  name: "monitor-recovery",
  description: "Every monitor's message has a text for the recovery that needs no value",
  why: "Without it people keep working on what has ended, and forget what is left to do.",
  fix: "add {{#is_recovery}}what recovered, and what is left to do{{/is_recovery}}",
  level: "mandatory",
  evaluate(resource) {
    if (!hasAlert(resource)) return [];
    const { recoveries } = messageOf(resource);
    if (!recoveries.some(saysSomething)) return ["its message has no text for the recovery"];
    return recoveries.some((text) => emptyOnRecovery.test(text))
      ? ["its text for the recovery shows a value, which may be missing"]
      : [];
  },
});

/** Whether text is left once recipients and the marks of inner conditions are taken out. */
function saysSomething(text: string): boolean {
  return text.replace(/\{\{[#^/][^}]*\}\}|(?<!\S)@\S+/g, "").trim() !== "";
}
