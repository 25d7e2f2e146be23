import type { Span } from "./data.ts";

/** The intervals that a window is cut into. */
export interface Grid {
  readonly span: Span;
  /** Length of an interval. */
  readonly millis: number;
  /** Numbers of the first and the last interval. */
  readonly first: number;
  readonly last: number;
}

export function gridOf(span: Span, millis: number): Grid {
  const [first, last] = [intervalOf(span.from + 1, millis), intervalOf(span.to, millis)];
  return { span, millis, first, last };
}

/** Intervals end at multiples of their length, the end inside. */
export function intervalOf(at: number, millis: number): number {
  return Math.ceil(at / millis);
}

/** When an interval begins, as Datadog stamps its points. */
export function beginOf(interval: number, millis: number): number {
  return (interval - 1) * millis;
}
