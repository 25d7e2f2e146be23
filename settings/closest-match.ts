/** The candidate that takes the fewest edits to reach, or nothing when all are too far off. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3));
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: editDistance(word, candidate) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits);
  return best?.candidate;
}

/** Levenshtein distance that ignores case. */
function editDistance(from: string, to: string): number {
  const target = Array.from(to.toLowerCase());
  const first = [0, ...target.map((_, i) => i + 1)];
  const last = Array.from(from.toLowerCase()).reduce(
    (row, letter, i) =>
      target.reduce<number[]>(
        (next, other, j) => {
          const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
          return [...next, Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1)];
        },
        [i + 1],
      ),
    first,
  );
  return last.at(-1) ?? 0;
}
