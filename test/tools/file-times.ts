/** Something that took time: a test or a hook. */
export interface Timed {
  /** Path of the spec; absent for hooks of the whole run. */
  readonly file: string | undefined;
  readonly ms: number;
}

/** Seconds of each spec file with its hooks, the slowest first: a line for each of the `most`. */
export function slowestFiles(timed: readonly Timed[], root: string, most: number): string[] {
  const sums = new Map<string, number>();
  for (const { file, ms } of timed) {
    if (file !== undefined) sums.set(file, (sums.get(file) ?? 0) + ms);
  }
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([file, ms]) => {
      const name = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
      return `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`;
    });
}
