import type { Grouped } from "../evaluation/query/metric-expression.ts";
import { rollupSeconds } from "../evaluation/query/windows.ts";
import type { Span } from "../evaluation/values/data.ts";
import { intervalOf } from "../evaluation/values/interval.ts";
import { Refusal } from "../http/handler.ts";

/** Datadog's most points of a curve; intervals are longer where there would be more. */
const mostPoints = 1500;

/** Metrics are kept three days; a year is more than any question here. */
const longestMs = 366 * 86_400_000;

/** A window that is asked for, in milliseconds. */
export function queryWindow(from: number, to: number): Span {
  if (!(to > from)) throw new Refusal(400, `from (${from}) must be before to (${to})`);
  if (to - from > longestMs) throw new Refusal(400, "from and to are more than a year apart");
  return { from, to };
}

/** Seconds of an interval: those asked for, or Datadog's default for the window. */
export function intervalSeconds({ from, to }: Span, asked?: number): number {
  const seconds = asked ?? rollupSeconds((to - from) / 60_000);
  return Math.max(seconds, Math.ceil((to - from) / 1000 / mostPoints));
}

/** A window with the seconds before it that a moving roll-up looks at, at most a week. */
export function widened({ from, to }: Span, seconds: number): Span {
  return { from: from - Math.min(seconds, 7 * 86_400) * 1000, to };
}

/** The intervals of a window, without those that only a moving roll-up looked at. */
export function within(groups: Grouped, { from }: Span, millis: number): Grouped {
  const first = intervalOf(from + 1, millis);
  return new Map(
    [...groups].map(([group, values]) => [
      group,
      new Map([...values].filter(([interval]) => interval >= first)),
    ]),
  );
}
