/** The largest difference of two clocks at which times of an exercise can be compared, in seconds. */
export const largestOffset = 2;

/**
 * How far the clock of a server is from ours, in seconds; 0 where its `Date`, which has whole
 * seconds, cannot tell.
 *
 * @param date - the header
 * @param before - our time before the request, in milliseconds
 * @param after - our time after the answer
 * @returns undefined where the header is no date
 */
export function clockOffset(
  date: string | null | undefined,
  before: number,
  after: number,
): number | undefined {
  const from = Date.parse(date ?? "");
  if (Number.isNaN(from)) return undefined;
  const to = from + 1000;
  if (after < from) return (from - after) / 1000;
  return before > to ? (to - before) / 1000 : 0;
}

/** The `Date` among the headers that `kubectl --v=8` prints. */
export function dateIn(verbose: string): string | undefined {
  return /\bDate: (\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT)/.exec(verbose)?.[1];
}
