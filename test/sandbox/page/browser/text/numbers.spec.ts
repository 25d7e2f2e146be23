import { expect } from "chai";
import { numberText } from "../../../../../sandbox/page/browser/text/numbers.ts";

const seconds = { family: "time", name: "second", short_name: "s", scale_factor: 1 };
const nanos = { family: "time", name: "nanosecond", short_name: "ns", scale_factor: 1e-9 };
const bytes = { family: "bytes", name: "byte", short_name: "B", scale_factor: 1 };
const percent = { family: "percentage", name: "percent", short_name: "%", scale_factor: 1 };

describe("numbers as people read them", () => {
  it("are shortened from a thousand on, counted after rounding", () => {
    const values = [0, 1, -1, 999, 999.994, 999.996, 1000, 12_345, 1e6, 2.5e9, 1e12, -12_345];
    expect(values.map((value) => numberText(value))).to.deep.equal([
      "0",
      "1",
      "-1",
      "999",
      "999.99",
      "1K",
      "1K",
      "12.35K",
      "1M",
      "2.5B",
      "1T",
      "-12.35K",
    ]);
  });

  it("keep their thousands where nothing is to be shortened", () => {
    const format = { autoscale: false, precision: 1 };
    expect(numberText(1_234_567.89, format)).to.equal("1,234,567.9");
    expect(numberText(-1234, { autoscale: false })).to.equal("-1,234");
  });

  it("have as many digits as the widget says", () => {
    expect([0, 1, 2, 3].map((precision) => numberText(1.23456, { precision }))).to.deep.equal([
      "1",
      "1.2",
      "1.23",
      "1.235",
    ]);
  });

  it("take the fitting unit of the family that the API names", () => {
    expect(numberText(90, { unit: seconds })).to.equal("1.5 min");
    expect(numberText(2_500_000, { unit: nanos })).to.equal("2.5 ms");
    expect(numberText(0, { unit: nanos })).to.equal("0 ns");
    expect(numberText(1536, { unit: bytes })).to.equal("1.5 KiB");
    expect(numberText(12, { unit: percent })).to.equal("12 %");
  });

  it("take the widget's own unit, or leave the API's as it is, where told", () => {
    expect(numberText(90, { unit: seconds, customUnit: "orders" })).to.equal("90 orders");
    expect(numberText(90, { unit: seconds, autoscale: false })).to.equal("90 s");
  });

  it("say that there is none", () => {
    expect([null, undefined, NaN].map((value) => numberText(value))).to.deep.equal([
      "No data",
      "No data",
      "No data",
    ]);
    expect([Infinity, -Infinity].map((value) => numberText(value))).to.deep.equal(["∞", "-∞"]);
  });
});
