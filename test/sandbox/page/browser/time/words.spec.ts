import { expect } from "chai";
import {
  clockTime,
  durationWords,
  sinceWords,
} from "../../../../../sandbox/page/browser/time/words.ts";

describe("times in words", () => {
  it("names the two largest units of a length", () => {
    const lengths = [0, 999, 1000, 59_999, 60_000, 3_661_000, 90_061_000];
    expect(lengths.map(durationWords)).to.deep.equal([
      "0 s",
      "0 s",
      "1 s",
      "59 s",
      "1 min",
      "1 h 1 min",
      "1 d 1 h",
    ]);
  });

  it("counts nothing backwards", () => {
    expect(sinceWords(2000, 1000)).to.equal("0 s ago");
  });

  it("writes a moment in the reader's own time zone, and says where there is none", () => {
    const local = new Date(2027, 0, 5, 9, 8, 7, 6).getTime();
    expect(clockTime(local)).to.equal("2027-01-05 09:08:07");
    expect(clockTime(local, { withMs: true })).to.equal("2027-01-05 09:08:07.006");
    expect(clockTime(NaN)).to.equal("no time");
  });
});
