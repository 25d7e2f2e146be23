import { isMonitor } from "../datadog.ts";
import { membersAt, textAt } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";

const downtimes = [
  "datadog:index/downtime:Downtime",
  "datadog:index/downtimeSchedule:DowntimeSchedule",
];

export const monitorUnmuted = resourceRule({
  name: "monitor-unmuted",
  description: "No monitor is a draft or is muted by the stack that declares it",
  why: "A muted monitor or a draft sees the incident and notifies nobody.",
  fix:
    "remove silenced, draftStatus and the downtime; " +
    "mute by hand, for a limited time, when there is a reason",
  level: "mandatory",
  evaluate(resource) {
    if (downtimes.includes(resource.type)) return ["it mutes monitors as part of the stack"];
    if (!isMonitor(resource)) return [];
    const { inputs } = resource;
    return checkEach(
      [
        () => (membersAt(inputs, "silenced").length > 0 ? ["it mutes itself"] : []),
        () => (textAt(inputs, "draftStatus") === "draft" ? ["it is a draft"] : []),
      ],
      (check) => check(),
    );
  },
});
