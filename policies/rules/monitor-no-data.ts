import { isMonitor } from "../datadog.ts";
import { at, textAt } from "../read.ts";
import { resourceRule, words } from "../rule.ts";

export const monitorNoData = resourceRule({
  name: "monitor-no-data",
  demand: "Every monitor says what silence means",
  why: "By default silence means that all is well, also when the agent is dead.",
  mend: "set notifyNoData to true with noDataTimeframe, or to false on purpose, or onMissingData",
  level: "mandatory",
  settings: { types: words("Types of monitors that know no silence.", "slo alert", "composite") },
  judge(resource, { types }) {
    if (!isMonitor(resource)) return [];
    const { inputs } = resource;
    if (types.includes(textAt(inputs, "type") ?? "")) return [];
    if (at(inputs, "onMissingData") !== undefined) return [];
    const notify = at(inputs, "notifyNoData");
    if (notify === undefined) return ["it does not say what silence means"];
    const silent = notify === true && at(inputs, "noDataTimeframe") === undefined;
    return silent ? ["it reports silence without saying after how long"] : [];
  },
});
