/** Middle of an odd number of values, in their unit. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Seconds that something takes. */
export async function seconds(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}

/** Our way and the plain way to the same end. */
export interface Comparison {
  readonly what: string;
  readonly against: string;
  /** Seconds of each run. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/** One line of the table: medians in seconds and their ratio. */
export function comparisonRow({ what, against, ours, theirs }: Comparison): string[] {
  const [own, other] = [median(ours), median(theirs)];
  return [what, own.toFixed(2), against, other.toFixed(2), (own / other).toFixed(2)];
}
