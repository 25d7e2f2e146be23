import type { Span } from "./data.ts";

/** How much was good of how much, in events or in milliseconds. */
export interface Share {
  readonly good: number;
  readonly total: number;
}

/**
 * How many times faster than allowed the error budget goes; 0 where nothing happened.
 * https://docs.datadoghq.com/service_level_objectives/burn_rate/#how-burn-rate-alerts-work
 */
export function burnRate({ good, total }: Share, target: number): number {
  return total === 0 ? 0 : (1 - good / total) / (1 - target);
}

/** One stay of a monitor in a state that its SLO counts as downtime; open if it still lasts. */
export interface Downtime {
  readonly from: number;
  readonly to?: number;
}

/** Uptime of a window, given when the monitors of an SLO were down; overlaps count once. */
export function uptime(downtimes: readonly Downtime[], since: number, span: Span): Share {
  const from = Math.max(span.from, Math.min(since, span.to));
  const total = span.to - from;
  let down = 0;
  let counted = from;
  for (const downtime of downtimes.toSorted((a, b) => a.from - b.from)) {
    const start = Math.max(downtime.from, counted);
    const end = Math.min(downtime.to ?? span.to, span.to);
    if (end <= start) continue;
    down += end - start;
    counted = end;
  }
  return { good: total - down, total };
}
