import type { SloThreshold } from "../../state.ts";
import type { Share } from "./burn-rate.ts";

/** How an objective stands over one time frame. */
export interface SloStatus {
  readonly state: "ok" | "warning" | "breached" | "no_data";
  /** Percent that was good; undefined where nothing happened. */
  readonly sli?: number;
  /** Percent of the error budget that is left; below 0 where more was used. */
  readonly budget?: number;
  /** The same in events or seconds. */
  readonly rawBudget?: number;
}

/**
 * Status of a share against a threshold.
 * https://docs.datadoghq.com/service_level_objectives/
 *
 * @param unit - what the share is counted in, for one event or second
 */
export function sloStatus(
  { good, total }: Share,
  { target, warning }: Pick<SloThreshold, "target" | "warning">,
  unit = 1,
): SloStatus {
  if (total === 0) return { state: "no_data" };
  const sli = (100 * good) / total;
  const allowed = total * (1 - target / 100);
  const left = allowed - (total - good);
  return {
    state: stateOf(sli, target, warning),
    sli,
    budget: allowed === 0 ? (left < 0 ? -100 : 100) : (100 * left) / allowed,
    rawBudget: left / unit,
  };
}

function stateOf(
  sli: number,
  target: number,
  warning: number | null | undefined,
): SloStatus["state"] {
  if (sli < target) return "breached";
  return typeof warning === "number" && sli < warning ? "warning" : "ok";
}

const frames: Partial<Record<string, number>> = { "7d": 7, "30d": 30, "90d": 90 };

/** Days of a time frame; undefined for a custom one. */
export function daysOf(timeframe: string): number | undefined {
  return frames[timeframe];
}
