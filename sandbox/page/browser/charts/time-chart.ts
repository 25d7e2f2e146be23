import type uPlot from "uplot";
import { announce } from "../dom/announce.ts";
import { element } from "../dom/element.ts";
import { update } from "../dom/refresh.ts";
import { visible } from "../text/visible.ts";
import { eventWords, legendOf, wordsAt } from "./legend.ts";
import { type Content, dataOf, plotOf } from "./plot.ts";
import { valueTable } from "./value-table.ts";

/** A graph over time: a picture, a legend, keys to walk along it, and a table of the same values. */
export interface TimeChart {
  readonly place: HTMLElement;
  readonly show: (content: Content) => void;
}

const height = 180;

/** @param signal ends what watches the size and the colours of the page */
export function timeChart(title: string, signal: AbortSignal): TimeChart {
  const picture = pictureOf(title);
  const legend = element("div");
  const events = element("div");
  const values = element("div");
  const details = element("details", {}, element("summary", {}, "Values as a table"), values);
  const place = element("div", { class: "chart" }, picture, legend, events, details);
  let content: Content | undefined;
  let drawn: { readonly plot: uPlot; readonly shape: string } | undefined;

  const draw = (): void => {
    const width = picture.clientWidth;
    if (content === undefined || width === 0) return;
    const shape = shapeOf(content, width);
    if (drawn?.shape === shape) {
      drawn.plot.setData(dataOf(content));
      return;
    }
    drawn?.plot.destroy();
    const first = content;
    drawn = { shape, plot: plotOf(() => content ?? first, { width, height }, picture) };
  };
  const fillTable = (): void => {
    if (content !== undefined && details.open) update(values, valueTable(title, content));
  };
  details.addEventListener("toggle", fillTable);
  walkByKeys(
    picture,
    (index) => {
      if (content === undefined) return;
      announce(wordsAt(content, index));
      drawn?.plot.setCursor({ left: drawn.plot.valToPos(content.times[index] ?? 0, "x"), top: 10 });
    },
    () => content?.times.length ?? 0,
  );
  watchPage(picture, signal, () => {
    drawn?.plot.destroy();
    drawn = undefined;
    draw();
    if (content !== undefined) update(legend, legendOf(content));
  });
  signal.addEventListener("abort", () => drawn?.plot.destroy(), { once: true });
  return {
    place,
    show: (next) => {
      content = next;
      draw();
      update(legend, legendOf(next));
      update(events, ...eventWords(next));
      fillTable();
    },
  };
}

function pictureOf(title: string): HTMLElement {
  return element("div", {
    class: "plot",
    tabindex: 0,
    role: "application",
    "aria-roledescription": "graph",
    "aria-label": `${visible(title)}. Left and right read the values.`,
  });
}

/** The arrow keys move from the newest moment to the others. */
function walkByKeys(
  picture: HTMLElement,
  moved: (index: number) => void,
  count: () => number,
): void {
  const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
  let at: number | undefined;
  picture.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const last = count() - 1;
    if (step === undefined || last < 0) return;
    event.preventDefault();
    at = at === undefined ? last : Math.min(Math.max(at + step, 0), last);
    moved(at);
  });
}

/** Draws again when the place for it or the colours of the page change. */
function watchPage(picture: HTMLElement, signal: AbortSignal, again: () => void): void {
  let width = 0;
  const sizes = new ResizeObserver(() => {
    if (picture.clientWidth === width) return;
    width = picture.clientWidth;
    again();
  });
  sizes.observe(picture);
  const stop = (): void => {
    sizes.disconnect();
  };
  signal.addEventListener("abort", stop, { once: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again, { signal });
}

/** Whatever needs another picture, and not only other values in it. */
function shapeOf({ curves, markers }: Content, width: number): string {
  const names = curves.map(({ label, display }) => [label, display]);
  return JSON.stringify([width, names, markers]);
}
