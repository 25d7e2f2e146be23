import { isMonitor } from "../datadog.ts";
import { numberAt, textAt } from "../values.ts";
import { resourceRule, stringList } from "../rule.ts";

export const monitorThresholds = resourceRule({
  name: "monitor-thresholds",
  description: "Every monitor has a critical threshold, equal to the number in its query",
  why: "Datadog refuses any other number, and without one a message cannot show how bad it is.",
  fix: "set monitorThresholds.critical to the number at the end of the query",
  level: "mandatory",
  settings: {
    types: stringList(
      "Types of monitors whose query has no threshold.",
      "composite",
      "service check",
    ),
  },
  evaluate(resource, { types }) {
    if (!isMonitor(resource)) return [];
    const { inputs } = resource;
    if (types.includes(textAt(inputs, "type") ?? "")) return [];
    const critical = numberAt(inputs, "monitorThresholds", "critical");
    if (critical === undefined) return ["it has no critical threshold"];
    const compared = /[<>]=?\s*(-?[\d.]+(?:e-?\d+)?)\s*$/i.exec(textAt(inputs, "query") ?? "")?.[1];
    if (compared === undefined) return ["its query compares with no number"];
    return Number(compared) === critical
      ? []
      : [`its query compares with ${compared}, its critical threshold is ${critical}`];
  },
});
