import { element } from "./element.ts";

export type Cell = Node | string;

/**
 * A table that scrolls by itself where the screen is narrow; by keyboard, too.
 *
 * @param label what the table is, for those who hear it
 */
export function table(
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): HTMLElement {
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  const body = rows.map((cells) =>
    element("tr", {}, ...cells.map((cell) => element("td", {}, cell))),
  );
  const made = element(
    "table",
    {},
    element("caption", { class: "unseen" }, label),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
  return scroller(label, made);
}

/** A region that can be scrolled by keyboard. */
function scroller(label: string, ...children: readonly Node[]): HTMLElement {
  return element(
    "div",
    { class: "scroller", tabindex: 0, role: "region", "aria-label": label },
    ...children,
  );
}

/** Pairs of a name and a value. */
export function facts(pairs: readonly (readonly [string, Cell])[]): HTMLElement {
  return element(
    "dl",
    { class: "facts" },
    ...pairs.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
}
