import { createHash } from "node:crypto";
import type { LogExclusion, LogIndex } from "../log-storage.ts";

/** All filters of the indexes: of each its own, then those of its exclusions. */
export function searchesOf(indexes: readonly LogIndex[]): readonly string[] {
  return indexes.flatMap(({ filter, exclusion_filters: exclusions }) => [
    filter.query ?? "*",
    ...exclusions.map((exclusion) => exclusion.filter?.query ?? "*"),
  ]);
}

/**
 * Whether a search finds a log. The first index whose filter takes it decides, as documented, and in
 * it the first active exclusion filter that matches, as is assumed. A log that no index takes is kept,
 * as by a catch-all behind them.
 *
 * @param matches - which of `searchesOf` match the log
 */
export function indexed(
  indexes: readonly LogIndex[],
  id: string,
  matches: readonly boolean[],
): boolean {
  let at = 0;
  for (const { exclusion_filters: exclusions } of indexes) {
    const first = at + 1;
    if (matches[at] === true) {
      const left = exclusions.find(
        (exclusion, index) => isActive(exclusion) && matches[first + index] === true,
      );
      return left === undefined || shareOf(id) >= (left.filter?.sample_rate ?? 1);
    }
    at = first + exclusions.length;
  }
  return true;
}

function isActive({ is_enabled: isEnabled }: LogExclusion): boolean {
  return isEnabled === true;
}

/** A number from 0 to below 1 that is always the same for a log. */
function shareOf(id: string): number {
  return createHash("sha256").update(id).digest().readUInt32BE() / 2 ** 32;
}
