import { isMonitor } from "../datadog.ts";
import { listAt, numberAt, textAt, at } from "../values.ts";
import { resourceRule } from "../rule.ts";

export const monitorReminders = resourceRule({
  name: "monitor-reminders",
  description: "A monitor that notifies of missing data and is repeated, is repeated for that, too",
  why: "Silence that is a symptom is told once, and forgotten while the outage goes on.",
  fix: 'add "no data" to renotifyStatuses',
  level: "mandatory",
  evaluate(resource) {
    const { inputs } = resource;
    if (!isMonitor(resource) || (numberAt(inputs, "renotifyInterval") ?? 0) <= 0) return [];
    const notifies =
      at(inputs, "notifyNoData") === true ||
      textAt(inputs, "onMissingData") === "show_and_notify_no_data";
    return notifies && !listAt(inputs, "renotifyStatuses").includes("no data")
      ? ["it is repeated for an alert, but not for missing data"]
      : [];
  },
});
