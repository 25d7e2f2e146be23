import { allowanceOf } from "./allowed-changes.ts";
import { type Difference, differences } from "./state-difference.ts";
import type { Preview } from "../pulumi/preview-events.ts";

/** A difference, and what allows it. */
export interface Judged extends Difference {
  /** Name of the allowance; null when nothing allows the difference. */
  readonly allowedBy: string | null;
}

/** All differences between two states of the flag. */
export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly differences: readonly Judged[];
}

/** The judgement on all pairs of states. */
export interface Contract {
  readonly pairs: readonly Pair[];

  /** Sentences on what breaks the contract; none when it holds. */
  readonly problems: readonly string[];
}

/** Judges every pair of states, in both directions, by their previews. */
export function contractOf(previews: ReadonlyMap<string, Preview>): Contract {
  const states = [...previews.entries()];
  const pairs = states.flatMap(([from, a]) =>
    states.filter(([to]) => to !== from).map(([to, b]) => pairOf([from, a], [to, b])),
  );
  const broken = states
    .filter(([, { complete }]) => !complete)
    .map(([state]) => `the preview of ${state} did not finish`);
  return { pairs, problems: [...broken, ...pairs.flatMap(problemsOf)] };
}

type Named = readonly [state: string, preview: Preview];

function pairOf([from, a]: Named, [to, b]: Named): Pair {
  const found = differences(a.steps, b.steps);
  return {
    from,
    to,
    differences: found.map((it) => ({ ...it, allowedBy: allowanceOf(it) ?? null })),
  };
}

function problemsOf({ from, to, differences: found }: Pair): readonly string[] {
  if (found.length === 0) return [`${from} and ${to} do not differ: one of them does nothing`];
  return found
    .filter(({ allowedBy }) => allowedBy === null)
    .map(({ operation, resource, properties }) => {
      const where = properties.length === 0 ? "" : ` (${properties.join(", ")})`;
      return `${from} to ${to}: must not ${operation} ${resource}${where}`;
    });
}
