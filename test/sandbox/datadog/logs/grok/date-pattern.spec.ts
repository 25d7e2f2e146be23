import { expect } from "chai";
import { datePattern } from "../../../../../sandbox/datadog/logs/grok/date-pattern.ts";

const arrived = Date.parse("2027-02-03T00:00:00Z");

const read = (format: string, text: string, zone?: string): string => {
  const ms = datePattern(format, zone).parse(text, arrived);
  return ms === undefined ? "none" : new Date(ms).toISOString();
};

describe("a date format of grok", () => {
  for (const [format, text, zone, expected] of [
    ["yyyy-MM-dd HH:mm:ss,SSS", "2027-01-05 10:00:01,127", "UTC", "2027-01-05T10:00:01.127Z"],
    ["yyyy-MM-dd HH:mm:ss.SSSSSS", "2027-01-05 10:00:01.127999", "UTC", "2027-01-05T10:00:01.127Z"],
    ["d-MMM-yyyy::HH:mm:ss", "8-Mar-2027::01:02:03", "UTC", "2027-03-08T01:02:03.000Z"],
    ["dd MMM HH:mm:ss.SSS", "08 Jan 17:45:41.572", "UTC", "2027-01-08T17:45:41.572Z"],
    ["yyMMdd H:mm:ss", "270105  9:00:00", "UTC", "none"],
    ["yyMMdd HH:mm:ss", "270105 09:00:00", "UTC", "2027-01-05T09:00:00.000Z"],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", "2027-01-05T10:00:00.001Z", "UTC", "2027-01-05T10:00:00.001Z"],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", "2027-01-05T10:00:00+05:30", "UTC", "2027-01-05T04:30:00.000Z"],
    ["EEE MMM dd HH:mm:ss yyyy", "Tue Jan 05 10:00:00 2027", "UTC", "2027-01-05T10:00:00.000Z"],
    ["MM/dd/yyyy hh:mm:ss a", "01/05/2027 12:00:00 AM", "UTC", "2027-01-05T00:00:00.000Z"],
    ["MM/dd/yyyy hh:mm:ss a", "01/05/2027 01:00:00 PM", "UTC", "2027-01-05T13:00:00.000Z"],
    ["yyyy-MM-dd HH:mm", "2027-01-05 10:00", "Asia/Kolkata", "2027-01-05T04:30:00.000Z"],
    // one minute before and at the moment when daylight saving begins
    ["yyyy-MM-dd HH:mm", "2027-03-28 01:59", "Europe/Paris", "2027-03-28T00:59:00.000Z"],
    ["yyyy-MM-dd HH:mm", "2027-03-28 03:00", "Europe/Paris", "2027-03-28T01:00:00.000Z"],
    ["yyyy-MM-dd HH:mm z", "2027-01-05 10:00 America/New_York", "UTC", "2027-01-05T15:00:00.000Z"],
    ["yyyy-MM-dd", "2027-02-29", "UTC", "none"],
    ["yyyy-MM-dd HH:mm", "2027-01-05 24:60", "UTC", "none"],
    ["yyyy-MM-dd HH:mm", "2027-01-05 10:00", "Nowhere/Land", "none"],
  ] as const) {
    it(`reads "${text}" by ${format} in ${zone} as ${expected}`, () => {
      expect(read(format, text, zone)).to.equal(expected);
    });
  }

  it("is refused with one sentence where a letter has no meaning", () => {
    expect(() => datePattern("yyyy-QQ")).to.throw('the date format "yyyy-QQ": "QQ" is unknown');
  });
});
