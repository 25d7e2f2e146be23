/** Middle of the values, or the mean of the middle two, in their unit. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
  return ((sorted[low] ?? Number.NaN) + (sorted[high] ?? Number.NaN)) / 2;
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

/** A comparison with what the table shows of it. */
export interface Outcome extends Comparison {
  /** Seconds. */
  readonly oursMedian: number;
  readonly theirsMedian: number;
  readonly ratio: number;
}

export function outcomeOf(comparison: Comparison): Outcome {
  const [oursMedian, theirsMedian] = [median(comparison.ours), median(comparison.theirs)];
  return { ...comparison, oursMedian, theirsMedian, ratio: oursMedian / theirsMedian };
}

/** Lines of the table: medians in seconds and their ratio. */
export function tableRows(outcomes: readonly Outcome[]): string[][] {
  return [
    ["median", "runs", "s", "against", "s", "ratio"],
    ...outcomes.map(({ what, ours, oursMedian, against, theirsMedian, ratio }) => [
      what,
      String(ours.length),
      oursMedian.toFixed(2),
      against,
      theirsMedian.toFixed(2),
      ratio.toFixed(2),
    ]),
  ];
}
