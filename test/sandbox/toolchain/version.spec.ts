import { expect } from "chai";
import { findVersion, fits, rangeText } from "../../../sandbox/toolchain/version.ts";

describe("findVersion", () => {
  const answers: readonly [answer: string, version: string | undefined][] = [
    ["v3.259.0\n", "3.259.0"],
    ["kwok version v0.8.0 go1.26.8 (linux/amd64)\n", "0.8.0"],
    ["Kubernetes v1.37.2\n", "1.37.2"],
    ["etcd Version: 3.7.3\nGit SHA: abc1234\n", "3.7.3"],
    ["Client Version: v1.32.4-dispatcher\nKustomize Version: v5.5.0\n", "1.32.4"],
    ["go version go1.26.8 linux/amd64\n", "1.26.8"],
    ["go version go1.26 linux/amd64\n", "1.26.0"],
    ["v3.100.0-alpha.1\n", "3.100.0"],
    ["no version at all\n", undefined],
    ["", undefined],
  ];

  for (const [answer, version] of answers) {
    it(`reads ${version ?? "nothing"} from ${JSON.stringify(answer)}`, () => {
      expect(findVersion(answer)).to.equal(version);
    });
  }
});

describe("fits", () => {
  const range = { from: "3.6.0", below: "4.0.0" };

  it("includes the lower end", () => {
    expect(fits("3.6.0", range)).to.equal(true);
    expect(fits("3.5.99", range)).to.equal(false);
  });

  it("excludes the upper end", () => {
    expect(fits("3.99.99", range)).to.equal(true);
    expect(fits("4.0.0", range)).to.equal(false);
  });

  it("compares numbers, not texts", () => {
    expect(fits("3.10.0", range)).to.equal(true);
  });

  it("has no upper end where none is given", () => {
    expect(fits("99.0.0", { from: "1.28.0" })).to.equal(true);
  });

  it("prints its range", () => {
    expect(rangeText(range)).to.equal(">= 3.6.0 < 4.0.0");
    expect(rangeText({ from: "1.28.0" })).to.equal(">= 1.28.0");
  });
});
