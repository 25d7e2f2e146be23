import { isMonitor } from "../datadog.ts";
import { membersAt } from "../read.ts";
import { resourceRule } from "../rule.ts";

const downtimes = [
  "datadog:index/downtime:Downtime",
  "datadog:index/downtimeSchedule:DowntimeSchedule",
];

export const monitorUnmuted = resourceRule({
  name: "monitor-unmuted",
  demand: "No monitor is muted by the stack that declares it",
  why: "A muted monitor sees the incident and tells nobody.",
  mend: "remove silenced and the downtime; mute by hand, for a time, when there is a reason",
  level: "mandatory",
  judge(resource) {
    if (downtimes.includes(resource.type)) return ["it mutes monitors as part of the stack"];
    const silenced = isMonitor(resource) && membersAt(resource.inputs, "silenced").length > 0;
    return silenced ? ["it mutes itself"] : [];
  },
});
