import { type Block, type Inline, parseMarkdown } from "../text/markdown.ts";
import { visible } from "../text/visible.ts";
import { element } from "./element.ts";

/** Markdown as elements; see `parseMarkdown` for what is left out. */
export function markdown(text: string): HTMLElement {
  const blocks = parseMarkdown(text, location.origin);
  return element("div", { class: "markdown", dir: "auto" }, ...blocks.map(drawBlock));
}

function drawBlock(block: Block): HTMLElement {
  switch (block.kind) {
    case "paragraph":
      return element("p", {}, ...withBreaks(block.lines));
    case "heading":
      // the page has headings of its own: these are below them
      return element("p", { class: `heading-${block.level}` }, ...block.parts.map(drawInline));
    case "list":
      return element(
        block.ordered ? "ol" : "ul",
        {},
        ...block.items.map((item) => element("li", {}, ...item.map(drawInline))),
      );
    case "code":
      return element("pre", { tabindex: 0 }, element("code", {}, visible(block.text)));
    case "quote":
      return element("blockquote", {}, ...block.blocks.map(drawBlock));
    case "rule":
      return element("hr");
    case "table":
      return drawTable(block);
  }
}

function withBreaks(lines: readonly (readonly Inline[])[]): Node[] {
  return lines.flatMap((line, index) => [
    ...(index > 0 ? [element("br")] : []),
    ...line.map(drawInline),
  ]);
}

function drawTable({ head, rows }: Extract<Block, { kind: "table" }>): HTMLElement {
  const row = (tag: "td" | "th", cells: readonly (readonly Inline[])[]) =>
    element("tr", {}, ...cells.map((cell) => element(tag, {}, ...cell.map(drawInline))));
  return element(
    "table",
    {},
    element("thead", {}, row("th", head)),
    element("tbody", {}, ...rows.map((cells) => row("td", cells))),
  );
}

function drawInline(part: Inline): Node {
  switch (part.kind) {
    case "text":
      return document.createTextNode(visible(part.text));
    case "code":
      return element("code", {}, visible(part.text));
    case "link":
      return element("a", { href: part.href, rel: "noreferrer" }, ...part.parts.map(drawInline));
    case "strong":
    case "em":
    case "del":
      return element(part.kind, {}, ...part.parts.map(drawInline));
  }
}
