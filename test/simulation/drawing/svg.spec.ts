import { expect } from "chai";
import { cut, escapeXml, tag, textLine, wrapped } from "../../../simulation/drawing/svg.ts";

describe("pictures of dashboards as SVG", () => {
  it("hold texts as texts, and no character that XML has no place for", () => {
    expect(escapeXml(`<script>"&"</script>\u0000\u001b`)).to.equal(
      "&lt;script&gt;&quot;&amp;&quot;&lt;/script&gt;\ufffd\ufffd",
    );
    expect(tag("text", { id: 'a"b', x: 1.23456, y: undefined }, "c")).to.equal(
      '<text id="a&quot;b" x="1.23">c</text>',
    );
  });

  it("cut lines where they would leave their place", () => {
    expect(cut("a  b\nc", 5)).to.equal("a b c");
    expect(cut("123456", 5)).to.equal("1234…");
    expect(textLine("word ".repeat(50), { x: 0, y: 0, width: 60 }, { size: 10 })).to.contain(
      ">word word…<",
    );
  });

  it("wrap words, and cut those that are too long", () => {
    expect(wrapped("one two three", 50, 10)).to.deep.equal(["one two", "three"]);
    expect(wrapped("abcdefghijkl", 30, 10)).to.deep.equal(["abcd…"]);
  });
});
