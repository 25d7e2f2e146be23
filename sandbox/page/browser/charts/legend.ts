import { element, foreign } from "../dom/element.ts";
import { numberText } from "../text/numbers.ts";
import { visible } from "../text/visible.ts";
import { clockTime } from "../time/words.ts";
import { colourOf } from "./colours.ts";
import type { Content } from "./plot.ts";

/** The names of the curves with their newest values. */
export function legendOf({ curves }: Content): HTMLElement {
  if (curves.length === 0) return element("p", {}, "No data");
  const items = curves.map(({ label, values, unit }, index) => {
    const swatch = element("span", { class: "swatch", "aria-hidden": "true" });
    swatch.style.backgroundColor = colourOf(index);
    const last = values.findLast((value) => value !== null);
    const words = `: ${numberText(last, { unit: unit ?? null })}`;
    return element("li", {}, swatch, foreign(label), words);
  });
  return element("ul", { class: "legend" }, ...items);
}

const mostEvents = 5;

/** What the bars behind the curves are. */
export function eventWords({ events, window }: Content): readonly Node[] {
  const inside = events.filter(({ at }) => at >= window.from && at <= window.to);
  if (inside.length === 0) return [];
  const items = inside
    .slice(0, mostEvents)
    .map(({ at, title }) => element("li", {}, `${clockTime(at)} `, foreign(title)));
  const more = inside.length - items.length;
  const label = "Events behind the graph";
  return [
    element(
      "ul",
      { class: "overlay", "aria-label": label },
      ...items,
      more > 0 && element("li", {}, `and ${more} more`),
    ),
  ];
}

/** All values of one moment, to be read aloud. */
export function wordsAt({ times, curves }: Content, index: number): string {
  const values = curves.map(({ label, unit, values: all }) => {
    return `${visible(label)} ${numberText(all[index], { unit: unit ?? null })}`;
  });
  return [clockTime(times[index] ?? NaN), ...values].join(", ");
}
