import type { Fill, Intervals } from "../query/metric-expression.ts";
import type { Grid } from "./interval.ts";

/** The longest gap of a gauge that is bridged by a line, in seconds. */
const longestInterpolation = 300;

/**
 * Fills empty intervals with 0, short gaps between points with a line. Does nothing to a window
 * without any point: https://docs.datadoghq.com/dashboards/functions/interpolation/#default-zero
 */
export function zeroFilled(points: Intervals, grid: Grid): Intervals {
  if (points.size === 0) return points;
  const bridged = overGaps(points, grid, { by: "linear", seconds: longestInterpolation });
  return new Map([...constant(0, grid), ...bridged]);
}

/** https://docs.datadoghq.com/dashboards/functions/interpolation/#fill */
export function filled(points: Intervals, fill: Fill, grid: Grid): Intervals {
  if (points.size === 0 || fill.by === "null") return points;
  if (fill.by === "zero") return new Map([...constant(0, grid), ...points]);
  return overGaps(points, grid, fill);
}

/** The same value in every interval. */
export function constant(value: number, { first, last }: Pick<Grid, "first" | "last">): Intervals {
  return new Map(Array.from({ length: last - first + 1 }, (_, index) => [first + index, value]));
}

/** Bridges what is not longer than the limit: by a line between two points, or by the last value. */
function overGaps(points: Intervals, { millis, last }: Grid, { by, seconds }: Fill): Intervals {
  const known = [...points.keys()].sort((a, b) => a - b);
  const bridged = new Map(points);
  const most = (seconds * 1000) / millis;
  for (const [index, at] of known.entries()) {
    const value = points.get(at) ?? 0;
    const next = known[index + 1];
    if (by === "last") {
      const end = Math.min(next ?? last + 1, at + 1 + Math.floor(most));
      for (let gap = at + 1; gap < end; gap += 1) bridged.set(gap, value);
      continue;
    }
    if (next === undefined || next - at > most) continue;
    const slope = ((points.get(next) ?? 0) - value) / (next - at);
    for (let gap = at + 1; gap < next; gap += 1) bridged.set(gap, value + slope * (gap - at));
  }
  return bridged;
}
