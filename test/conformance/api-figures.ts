import { percent } from "./log-figures.ts";
import type { Exchange } from "./replay-api.ts";

/** How many exchanges of how many agree, and how many keys and values of answers match. */
export interface ApiFigures {
  readonly served: number;
  readonly agreed: number;
  readonly compared: number;
  readonly same: number;
}

export function apiFigures(exchanges: readonly Exchange[]): ApiFigures {
  const served = exchanges.filter(({ verdict }) => verdict !== "unknown" && verdict !== "no state");
  const sum = (count: (one: Exchange) => number): number =>
    exchanges.reduce((total, one) => total + count(one), 0);
  const compared = sum(({ comparison }) => comparison.compared);
  return {
    served: served.length,
    agreed: served.filter(({ verdict }) => verdict === "agrees").length,
    compared,
    same: compared - sum(({ comparison }) => comparison.differences.length),
  };
}

/** One sentence for sandbox/README.md. */
export function apiSentence({ served, agreed, compared, same }: ApiFigures): string {
  return (
    `Of Datadog's recorded API exchanges that are served, ${agreed} of ${served} ` +
    `(${percent(agreed, served)}) are accepted or refused alike, and ${percent(same, compared)} of ` +
    `the ${compared} keys and values of the answers match.`
  );
}
