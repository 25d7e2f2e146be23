import { expect } from "chai";
import { parseInline, parseMarkdown } from "../../../../../sandbox/page/browser/text/markdown.ts";

const base = "http://127.0.0.1:2026";
const text = (words: string) => ({ kind: "text", text: words });

describe("Markdown of notes and messages", () => {
  it("reads strong, slanted, struck and code, and leaves marks that do not close", () => {
    expect(parseInline("**a** *b* ~~c~~ `d*` 2 * 3 ** x", base)).to.deep.equal([
      { kind: "strong", parts: [text("a")] },
      text(" "),
      { kind: "em", parts: [text("b")] },
      text(" "),
      { kind: "del", parts: [text("c")] },
      text(" "),
      { kind: "code", text: "d*" },
      text(" 2 * 3 ** x"),
    ]);
  });

  it("makes links of http alone; a script's stays text", () => {
    expect(parseInline("[run](javascript:alert(1)) [go](/logs)", base)).to.deep.equal([
      text("[run](javascript:alert(1)) "),
      { kind: "link", href: `${base}/logs`, parts: [text("go")] },
    ]);
    expect(parseInline("[x](data:text/html,hi)", base)).to.deep.equal([
      text("[x](data:text/html,hi)"),
    ]);
  });

  it("finds bare addresses without the point behind them", () => {
    expect(parseInline("see http://127.0.0.1:2026/logs?query=a%3Ab.", base)).to.deep.equal([
      text("see "),
      {
        kind: "link",
        href: "http://127.0.0.1:2026/logs?query=a%3Ab",
        parts: [text("http://127.0.0.1:2026/logs?query=a%3Ab")],
      },
      text("."),
    ]);
  });

  it("takes HTML for text", () => {
    expect(parseMarkdown('<img src=x onerror="alert(1)">', base)).to.deep.equal([
      { kind: "paragraph", lines: [[text('<img src=x onerror="alert(1)">')]] },
    ]);
  });

  it("reads headings, lists, quotes, rules, code and tables", () => {
    const blocks = parseMarkdown(
      "# A\n- one\n- two\n\n1. first\n\n> said\n\n---\n```\nx < y\n```\n| a | b |\n|---|---|\n| 1 | 2 |\nend",
      base,
    );
    expect(blocks).to.deep.equal([
      { kind: "heading", level: 1, parts: [text("A")] },
      { kind: "list", ordered: false, items: [[text("one")], [text("two")]] },
      { kind: "list", ordered: true, items: [[text("first")]] },
      { kind: "quote", blocks: [{ kind: "paragraph", lines: [[text("said")]] }] },
      { kind: "rule" },
      { kind: "code", text: "x < y" },
      { kind: "table", head: [[text("a")], [text("b")]], rows: [[[text("1")], [text("2")]]] },
      { kind: "paragraph", lines: [[text("end")]] },
    ]);
  });

  it("ends on code that is never closed, and on quotes in quotes", () => {
    expect(parseMarkdown("```\nopen", base)).to.deep.equal([{ kind: "code", text: "open" }]);
    const deep = parseMarkdown(`${"> ".repeat(5000)}x`, base);
    expect(deep).to.have.length(1);
  });

  it("reads hostile repetitions without losing a character", () => {
    for (const mark of ["*", "**", "`", "[", "[a](", "~~", "_", "__", "> ", "| "]) {
      const hostile = `x${mark.repeat(20_000)}`;
      expect(JSON.stringify(parseMarkdown(hostile, base)).length).to.be.greaterThan(20_000);
    }
  });
});
