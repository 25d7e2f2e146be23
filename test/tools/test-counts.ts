/** Numbers of tests. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A step of the whole test run. */
export interface Step {
  readonly succeeded: boolean;
  /** What the reporter wrote: one JSON line per run of mocha; empty for a step without tests. */
  readonly counts: string;
}

/**
 * Sum over all steps. A step that failed without a failed test (lint, or mocha itself crashed)
 * counts as one failure: the sum must never look green then.
 */
export function addUp(steps: readonly Step[]): Counts {
  const sums = steps.map(({ succeeded, counts }) => {
    const lines = counts.split("\n").filter((line) => line !== "");
    const own = sum(lines.map((line) => JSON.parse(line) as Counts));
    return succeeded || own.failed > 0 ? own : { ...own, failed: 1 };
  });
  return sum(sums);
}

/** `12 passed, 0 failed`, with the skipped ones only when there are any. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  const rest = skipped === 0 ? "" : `, ${skipped} skipped`;
  return `${passed} passed, ${failed} failed${rest}`;
}

function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
