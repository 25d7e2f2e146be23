import type { Span } from "../values/data.ts";

const unitMinutes: Partial<Record<string, number>> = {
  s: 1 / 60,
  m: 1,
  h: 60,
  d: 1440,
  w: 10_080,
  mo: 43_200,
};

/** Minutes of `5m`, `1h`, `2d`; undefined for anything else. */
export function minutesOf(text: string): number | undefined {
  const [, count, unit] = /^(\d+)(s|mo|m|h|d|w)$/.exec(text) ?? [];
  const minutes = Number(count) * (unitMinutes[unit ?? ""] ?? Number.NaN);
  return Number.isNaN(minutes) ? undefined : minutes;
}

/** The last minutes before a moment, put back by the seconds of an evaluation delay. */
export function lastMinutes(minutes: number, now: number, delaySeconds = 0): Span {
  const to = now - delaySeconds * 1000;
  return { from: to - minutes * 60_000, to };
}

/**
 * Minutes between two evaluations of a window.
 * https://docs.datadoghq.com/monitors/configuration/#evaluation-frequency
 */
export function evaluationMinutes(windowMinutes: number): number {
  if (windowMinutes < 1440) return 1;
  return windowMinutes < 2880 ? 10 : 30;
}

/**
 * Seconds of the intervals that points of a window are rolled up to by default.
 * https://docs.datadoghq.com/dashboards/functions/rollup/
 */
export function rollupSeconds(windowMinutes: number): number {
  if (windowMinutes <= 60) return 20;
  if (windowMinutes <= 240) return 60;
  if (windowMinutes <= 1440) return 300;
  return windowMinutes <= 2880 ? 600 : 3600;
}
