import { isMonitor } from "../datadog.ts";
import { membersAt, textAt } from "../values.ts";
import { each, resourceRule } from "../rule.ts";

const downtimes = [
  "datadog:index/downtime:Downtime",
  "datadog:index/downtimeSchedule:DowntimeSchedule",
];

export const monitorUnmuted = resourceRule({
  name: "monitor-unmuted",
  demand: "No monitor is a draft, or muted by the stack that declares it",
  why: "A muted monitor sees the incident and tells nobody; so does a draft.",
  mend:
    "remove silenced, draftStatus and the downtime; " +
    "mute by hand, for a time, when there is a reason",
  level: "mandatory",
  judge(resource) {
    if (downtimes.includes(resource.type)) return ["it mutes monitors as part of the stack"];
    if (!isMonitor(resource)) return [];
    const { inputs } = resource;
    return each(
      [
        () => (membersAt(inputs, "silenced").length > 0 ? ["it mutes itself"] : []),
        () => (textAt(inputs, "draftStatus") === "draft" ? ["it is a draft"] : []),
      ],
      (check) => check(),
    );
  },
});
