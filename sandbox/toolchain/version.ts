/** Major, minor and patch number. */
type Version = readonly [major: number, minor: number, patch: number];

/** Accepted versions: from one on, and below another. */
export interface VersionRange {
  readonly from: string;

  /** @default - no upper end */
  readonly below?: string;
}

/** The first version in a text such as the answer to `--version`; a missing patch counts as 0. */
export function findVersion(text: string): string | undefined {
  const found = /(?<![\d.])(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return found ? `${found[1] ?? ""}.${found[2] ?? ""}.${found[3] ?? "0"}` : undefined;
}

export function fits(version: string, { from, below }: VersionRange): boolean {
  if (compare(parse(version), parse(from)) < 0) return false;
  return below === undefined || compare(parse(version), parse(below)) < 0;
}

/** A range in words, as in `>= 3.6.0 < 4.0.0`. */
export function rangeText({ from, below }: VersionRange): string {
  return below === undefined ? `>= ${from}` : `>= ${from} < ${below}`;
}

function parse(version: string): Version {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
