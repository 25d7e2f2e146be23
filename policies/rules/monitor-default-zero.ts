import { isMonitor } from "../datadog.ts";
import { at, textAt } from "../values.ts";
import { resourceRule } from "../rule.ts";

export const monitorDefaultZero = resourceRule({
  name: "monitor-default-zero",
  description: "No monitor combines default_zero() with a setting for missing data",
  why:
    "Datadog evaluates missing data of default_zero() as 0 and ignores the setting: " +
    "a monitor that should stay quiet alerts while nobody counts.",
  fix: "remove default_zero() from the query, or onMissingData and notifyNoData from the monitor",
  level: "mandatory",
  evaluate(resource) {
    if (!isMonitor(resource)) return [];
    const { inputs } = resource;
    if (!/\bdefault_zero\s*\(/.test(textAt(inputs, "query") ?? "")) return [];
    const onMissing = textAt(inputs, "onMissingData");
    return [
      ...(onMissing === undefined || onMissing === "default"
        ? []
        : [`its query has default_zero(), so Datadog ignores onMissingData ${onMissing}`]),
      ...(at(inputs, "notifyNoData") === true
        ? ["its query has default_zero(), so Datadog ignores notifyNoData"]
        : []),
    ];
  },
});
