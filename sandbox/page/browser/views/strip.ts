import { element } from "../dom/element.ts";
import type { Span } from "../monitors/history.ts";
import { clockTime, durationWords } from "../time/words.ts";

/** A history as a strip of colours, and as a list for those who do not see it. */
export function strip(label: string, spans: readonly Span[]): HTMLElement {
  const whole = (spans.at(-1)?.to ?? 0) - (spans[0]?.from ?? 0);
  const parts = spans.map(({ status, from, to }) => {
    const words = `${status} from ${clockTime(from)} for ${durationWords(to - from)}`;
    const className = `state-${status.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
    const part = element(
      "li",
      { class: className, title: words },
      element("span", { class: "unseen" }, words),
    );
    part.style.flexGrow = String(whole === 0 ? 1 : (to - from) / whole);
    return part;
  });
  return element("ol", { class: "strip", "aria-label": `History of ${label}` }, ...parts);
}
