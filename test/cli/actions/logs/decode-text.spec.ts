import { expect } from "chai";
import { decodeText } from "../../../../cli/actions/logs/decode-text.ts";

const text = "2025-10-28 10:04:45.548  INFO é 🧦\r\n";
const littleEndian = Buffer.from(`\ufeff${text}`, "utf16le");

describe("the text of a log file", () => {
  it("is read as UTF-16 where its byte order mark says so, either way round", () => {
    expect(decodeText(littleEndian)).to.equal(text);
    expect(decodeText(Buffer.from(littleEndian).swap16())).to.equal(text);
  });

  it("is read as UTF-8 with and without a mark", () => {
    expect(decodeText(Buffer.from(`\ufeff${text}`))).to.equal(text);
    expect(decodeText(Buffer.from(text))).to.equal(text);
    expect(decodeText(Buffer.from(""))).to.equal("");
  });
});
