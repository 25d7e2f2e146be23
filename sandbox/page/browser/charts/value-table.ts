import { table } from "../dom/table.ts";
import { numberText } from "../text/numbers.ts";
import { visible } from "../text/visible.ts";
import { clockTime } from "../time/words.ts";
import type { Content } from "./plot.ts";

/** A table of more rows takes a browser seconds; the time range narrows it. */
const mostRows = 500;

/** The values of a graph, the newest first. */
export function valueTable(title: string, { times, curves }: Content): HTMLElement {
  const shown = times
    .map((at, index) => ({ at, index }))
    .slice(-mostRows)
    .toReversed();
  const rows = shown.map(({ at, index }) => [
    clockTime(at),
    ...curves.map(({ values, unit }) => numberText(values[index], { unit: unit ?? null })),
  ]);
  const cut = times.length > mostRows ? `, the newest ${mostRows} of ${times.length}` : "";
  const heads = ["Time", ...curves.map(({ label }) => visible(label))];
  return table(`Values of ${visible(title)}${cut}`, heads, rows);
}
