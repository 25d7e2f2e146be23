import type { RunResult } from "../run/result.ts";

/** Median and range of each figure over several runs, as rows of a table. */
export function compareRuns(results: readonly RunResult[]): string[][] {
  const valid = results.filter(({ verdict }) => verdict === "valid");
  const figures: [string, (result: RunResult) => number | undefined][] = [
    ["detected after (s)", ({ clocks }) => clocks.detected?.seconds],
    ["restored after (s)", ({ clocks }) => clocks.mitigated?.seconds],
    ["orders again after (s)", ({ clocks }) => clocks.recovered?.seconds],
    ["orders tried", ({ orders }) => orders?.tried],
    ["orders failed", ({ orders }) => orders?.failed],
  ];
  return [
    ["figure", "runs", "median", "range"],
    ...figures.map(([name, read]) => {
      const values = valid.flatMap((result) => read(result) ?? []).sort((a, b) => a - b);
      const range = values.length === 0 ? "-" : `${values[0] ?? 0} to ${values.at(-1) ?? 0}`;
      return [name, `${values.length} of ${results.length}`, median(values), range];
    }),
    ["same orders sent", `${valid.length} of ${results.length}`, sameSequence(valid), ""],
  ];
}

function median(sorted: readonly number[]): string {
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return "-";
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? upper) : upper;
  return String((lower + upper) / 2);
}

/** Runs can be compared only where their customers ordered the same. */
function sameSequence(results: readonly RunResult[]): string {
  const hashes = new Set(results.map(({ load }) => load?.sequence));
  if (hashes.has(undefined)) return "no load";
  return hashes.size === 1 ? "yes" : "no";
}
