import { isMonitor } from "../datadog.ts";
import { at, listAt, numberAt, textAt } from "../values.ts";
import { resourceRule, stringList } from "../rule.ts";

export const monitorNoData = resourceRule({
  name: "monitor-no-data",
  description: "Every monitor says what missing data means",
  why: "By default, missing data counts as healthy, even when the agent is dead.",
  fix:
    "set notifyNoData to true with noDataTimeframe, or to false on purpose, or onMissingData; " +
    "its value default is enough only where the query counts, because there silence is 0",
  level: "mandatory",
  settings: {
    types: stringList(
      "Types of monitors that have no setting for missing data.",
      "slo alert",
      "composite",
    ),
  },
  evaluate(resource, { types }) {
    if (!isMonitor(resource)) return [];
    const { inputs } = resource;
    if (types.includes(textAt(inputs, "type") ?? "")) return [];
    const missing = textAt(inputs, "onMissingData");
    if (missing === undefined) return problemsOfNotify(inputs);
    return missing === "default" && !doesCount(inputs)
      ? ["its onMissingData is default, which goes on with its last status"]
      : [];
  },
});

function problemsOfNotify(inputs: unknown): readonly string[] {
  const notify = at(inputs, "notifyNoData");
  if (notify === undefined) return ["it does not say what silence means"];
  const silent = notify === true && (numberAt(inputs, "noDataTimeframe") ?? 0) <= 0;
  return silent ? ["it reports silence without saying after how long"] : [];
}

/**
 * Whether nothing at all is 0 to a monitor whose onMissingData is `default`. All others go on with
 * their last status: https://docs.datadoghq.com/monitors/guide/on_missing_data
 */
function doesCount(inputs: unknown): boolean {
  const query = textAt(inputs, "query") ?? "";
  const computes = listAt(inputs, "variables", "eventQueries").flatMap((it) =>
    listAt(it, "computes"),
  );
  const isCount = (compute: unknown) =>
    /^(count|cardinality)$/.test(textAt(compute, "aggregation") ?? "");
  return (
    (/\.as_count\(\)|\.rollup\(\s*["'](count|cardinality)["']/.test(query) &&
      !query.includes("default_zero(")) ||
    (computes.length > 0 && computes.every(isCount))
  );
}
