import type { Curve } from "../dashboards/curves.ts";

/** Bars and areas stand on each other; lines stand for themselves. */
export function isStacked({ display }: Pick<Curve, "display">): boolean {
  return display === "bars" || display === "area";
}

/** The heights at which the curves are drawn: each stacked one on the sum of those before it. */
export function heightsOf(curves: readonly Curve[]): readonly (readonly (number | null)[])[] {
  const sums: number[] = [];
  return curves.map((curve) => {
    if (!isStacked(curve)) return curve.values;
    return curve.values.map((value, index) => {
      const sum = (sums[index] ?? 0) + (value ?? 0);
      sums[index] = sum;
      return value === null ? null : sum;
    });
  });
}

/** The range of the y axis: from zero where nothing is below it, and never empty. */
export function yRange(
  heights: readonly (readonly (number | null)[])[],
  levels: readonly number[],
): readonly [number, number] {
  let low = Math.min(0, ...levels);
  let high = Math.max(0, ...levels);
  for (const values of heights) {
    for (const value of values) {
      if (value === null || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low === high) return [0, 1];
  const room = (high - low) * 0.06;
  return [low < 0 ? low - room : 0, high > 0 ? high + room : 0];
}
