import { element } from "../dom/element.ts";
import { type Range, spans, windowOf, withRange } from "../time/range.ts";
import { clockTime } from "../time/words.ts";
import type { View } from "../view.ts";

/** Which time a page shows, and whether it moves on; both are in its address. */
export function timeControls({ url, go }: View, range: Range): HTMLElement {
  const isLive = range.kind === "live";
  const pick = element(
    "select",
    {
      id: "time",
      onchange: () => {
        const spanMs = Number(pick.value);
        if (spanMs > 0) go(withRange(url, { kind: "live", spanMs }, Date.now()));
      },
    },
    ...options(range),
  );
  const pause = element(
    "button",
    {
      type: "button",
      "aria-pressed": String(!isLive),
      onclick: () => {
        const { from, to } = windowOf(range, Date.now());
        const next: Range = isLive
          ? { kind: "fixed", from, to }
          : { kind: "live", spanMs: to - from };
        go(withRange(url, next, Date.now()));
      },
    },
    "Pause",
  );
  return element("div", { class: "row" }, element("label", { for: "time" }, "Time"), pick, pause);
}

function options(range: Range): readonly HTMLElement[] {
  const known = spans.map(({ ms, words }) =>
    element("option", { value: ms, selected: range.kind === "live" && range.spanMs === ms }, words),
  );
  const isKnown = range.kind === "live" && spans.some(({ ms }) => ms === range.spanMs);
  const own =
    range.kind === "fixed"
      ? `${clockTime(range.from)} to ${clockTime(range.to)}`
      : `Past ${Math.round(range.spanMs / 60_000)} minutes`;
  return isKnown ? known : [element("option", { value: 0, selected: true }, own), ...known];
}
