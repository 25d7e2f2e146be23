import { isMonitor } from "../datadog.ts";
import { catchUndecided, checkEach, type Resource, resourceRule } from "../rule.ts";
import { listAt, membersAt, textAt } from "../values.ts";

const downtimes = [
  "datadog:index/downtime:Downtime",
  "datadog:index/downtimeSchedule:DowntimeSchedule",
];

/** Tags that keep a drill's downtime from muting more than the drill. */
const drillTags = ["incident", "kube_cluster_name", "kube_namespace"];

export const monitorUnmuted = resourceRule({
  name: "monitor-unmuted",
  description:
    "No monitor is a draft or is muted by the stack that declares it, but by a drill that ends",
  why: "A muted monitor or a draft sees the incident and notifies nobody.",
  fix:
    "remove silenced, draftStatus and the downtime; mute a drill with notifyDrills; " +
    "mute by hand, for a limited time, when there is a reason",
  level: "mandatory",
  evaluate(resource) {
    if (downtimes.includes(resource.type)) return drillProblems(resource);
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

function drillProblems({ inputs }: Resource): readonly string[] {
  const tags = listAt(inputs, "monitorIdentifier", "monitorTags").map((tag) => textAt(tag) ?? "");
  const missing = drillTags.filter((key) => !tags.some((tag) => tag.startsWith(`${key}:`)));
  if (missing.length > 0) {
    return [
      `it mutes monitors as part of the stack, and not only those with ${missing.join(", ")}`,
    ];
  }
  // A preview does not know when the lease ends, but it does know that there is an end.
  const hasEnd = catchUndecided(
    () => textAt(inputs, "oneTimeSchedule", "end") !== undefined,
    () => true,
  );
  return hasEnd ? [] : ["it mutes monitors as part of the stack, without an end"];
}
