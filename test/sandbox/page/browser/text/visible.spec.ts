import { expect } from "chai";
import { safeHref, shownValue, visible } from "../../../../../sandbox/page/browser/text/visible.ts";

describe("text that came from outside", () => {
  it("shows marks that turn the direction of text as their code points", () => {
    expect(visible("user\u202Etxt.exe")).to.equal("user‹U+202E›txt.exe");
    expect(visible("\u2066a\u2069 \u200Fb")).to.equal("‹U+2066›a‹U+2069› ‹U+200F›b");
  });

  it("shows control characters, but leaves line feeds, tabs and letters of all scripts", () => {
    expect(visible("a\u0000b\u001b[31m")).to.equal("a‹U+0000›b‹U+001B›[31m");
    expect(visible("a\tb\nעברית 日本語 é")).to.equal("a\tb\nעברית 日本語 é");
  });

  it("leaves markup as it is: it becomes a text node", () => {
    expect(visible("<script>alert(1)</script>")).to.equal("<script>alert(1)</script>");
  });

  it("shows a missing value as nothing and an object as JSON", () => {
    expect([undefined, null, 0, false, "x", { a: 1 }].map(shownValue)).to.deep.equal([
      "",
      "",
      "0",
      "false",
      "x",
      '{"a":1}',
    ]);
  });
});

describe("the address of a link", () => {
  const base = "http://127.0.0.1:2026";

  it("is http or https, or relative to the page", () => {
    expect(safeHref("https://example.org/a", base)).to.equal("https://example.org/a");
    expect(safeHref("/logs?query=a", base)).to.equal("http://127.0.0.1:2026/logs?query=a");
  });

  it("is never a script, data or an unknown scheme", () => {
    const targets = [
      "javascript:alert(1)",
      "JAVASCRIPT:alert(1)",
      "java\nscript:alert(1)",
      "data:text/html,<script>",
      "vbscript:x",
      "file:///etc/passwd",
      "http://[",
    ];
    expect(targets.map((target) => safeHref(target, base))).to.deep.equal(
      targets.map(() => undefined),
    );
  });
});
