import { nearest } from "./closest-match.ts";

/** `; did you mean "up"?`, or nothing when no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const guess = word.length > 1 ? nearest(word, known) : undefined;
  return guess === undefined ? "" : `; did you mean "${guess}"?`;
}
