/** Most rows of one table; a reviewer reads no more, and a comment on GitHub holds no more. */
const mostRows = 60;

/** The first of some lines, and one that counts the rest where there are too many. */
export function truncateRows(
  lines: readonly string[],
  more: (text: string) => string,
  most = mostRows,
): readonly string[] {
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most), more(`and ${lines.length - most} more`)];
}
