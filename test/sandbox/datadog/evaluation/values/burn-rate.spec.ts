import { expect } from "chai";
import { burnRate, uptime } from "../../../../../sandbox/datadog/evaluation/values/burn-rate.ts";

describe("the burn rate of an error budget", () => {
  it("is the share of what was bad over the share that may be", () => {
    expect(burnRate({ good: 99, total: 100 }, 0.99)).to.be.closeTo(1, 1e-9);
    expect(burnRate({ good: 90, total: 100 }, 0.99)).to.be.closeTo(10, 1e-9);
    expect(burnRate({ good: 0, total: 4 }, 0.95)).to.be.closeTo(20, 1e-9);
    expect(burnRate({ good: 4, total: 4 }, 0.95)).to.equal(0);
  });

  it("is 0 where nothing happened", () => {
    expect(burnRate({ good: 0, total: 0 }, 0.99)).to.equal(0);
  });
});

describe("the uptime of a window", () => {
  const span = { from: 100, to: 200 };

  it("lacks the downtime within the window, overlaps counted once", () => {
    expect(uptime([], 0, span)).to.deep.equal({ good: 100, total: 100 });
    expect(uptime([{ from: 50, to: 110 }], 0, span)).to.deep.equal({ good: 90, total: 100 });
    expect(uptime([{ from: 190 }], 0, span)).to.deep.equal({ good: 90, total: 100 });
    const overlapping = [
      { from: 120, to: 150 },
      { from: 110, to: 130 },
    ];
    expect(uptime(overlapping, 0, span)).to.deep.equal({ good: 60, total: 100 });
    expect(uptime([{ from: 10, to: 100 }], 0, span)).to.deep.equal({ good: 100, total: 100 });
  });

  it("begins when the monitors began", () => {
    expect(uptime([{ from: 150, to: 160 }], 140, span)).to.deep.equal({ good: 50, total: 60 });
    expect(uptime([], 200, span)).to.deep.equal({ good: 0, total: 0 });
  });
});
