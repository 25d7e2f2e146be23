import type { Slo, SloHistory } from "../api/shapes.ts";

export interface SloStatus {
  /** `OK`, `Warn`, `Alert` or `No Data`. */
  readonly status: string;
  readonly value: string;
  readonly budget: string;
}

/** What an SLO's history says against a target. */
export function sloStatus(
  { overall }: SloHistory["data"],
  threshold: Slo["thresholds"][number] | undefined,
): SloStatus {
  const value = overall?.sli_value;
  if (value === undefined || value === null || !Number.isFinite(value)) {
    return { status: "No Data", value: whyNoValue(overall), budget: "" };
  }
  const [left] = Object.values(overall?.error_budget_remaining ?? {});
  return {
    status: statusOf(value, threshold),
    value: `${percent(value)} %`,
    budget: typeof left === "number" ? `${percent(left)} %` : "",
  };
}

function whyNoValue(overall: SloHistory["data"]["overall"]): string {
  const words = overall?.errors?.map(({ error_message: message }) => message).join("; ") ?? "";
  return words === "" ? "No data" : words;
}

function statusOf(value: number, threshold: Slo["thresholds"][number] | undefined): string {
  if (threshold === undefined) return "OK";
  if (value < threshold.target) return "Alert";
  const { warning } = threshold;
  return typeof warning === "number" && value < warning ? "Warn" : "OK";
}

/** Three digits, cut and not rounded: 99.9996 is no 100. */
function percent(value: number): string {
  return String(Math.trunc(value * 1000) / 1000);
}
