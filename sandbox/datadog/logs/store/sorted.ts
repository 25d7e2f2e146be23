/** Number of the first element whose time is after a moment, in what is sorted by time. */
export function firstAfter(
  length: number,
  timeOf: (index: number) => number,
  moment: number,
): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(middle) > moment) high = middle;
    else low = middle + 1;
  }
  return low;
}
