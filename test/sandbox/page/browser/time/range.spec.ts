import { expect } from "chai";
import {
  rangeOf,
  spanMs,
  windowOf,
  withRange,
} from "../../../../../sandbox/page/browser/time/range.ts";

const now = Date.parse("2027-01-05T10:00:00Z");
const hour = 3_600_000;

describe("the time that a page shows", () => {
  it("is that of Datadog's own parameters", () => {
    const search = new URLSearchParams({ from_ts: String(now - hour), to_ts: String(now) });
    expect(rangeOf(search, 5)).to.deep.equal({ kind: "fixed", from: now - hour, to: now });
    search.set("live", "true");
    expect(rangeOf(search, 5)).to.deep.equal({ kind: "live", spanMs: hour });
  });

  it("is the page's own where the address names none, half of one, or one that ends before it begins", () => {
    const odd = ["", "from_ts=1", `from_ts=${now}&to_ts=${now}`, "from_ts=a&to_ts=b"];
    for (const search of odd) {
      const range = rangeOf(new URLSearchParams(search), hour);
      expect(range, search).to.deep.equal({ kind: "live", spanMs: hour });
    }
  });

  it("moves with the clock while it is live", () => {
    expect(windowOf({ kind: "live", spanMs: hour }, now)).to.deep.equal({
      from: now - hour,
      to: now,
    });
    expect(windowOf({ kind: "fixed", from: 1, to: 2 }, now)).to.deep.equal({ from: 1, to: 2 });
  });

  it("goes into the address beside everything else in it", () => {
    const url = new URL("http://127.0.0.1:2026/logs?query=a");
    expect(withRange(url, { kind: "live", spanMs: hour }, now).search).to.equal(
      `?query=a&from_ts=${now - hour}&to_ts=${now}&live=true`,
    );
  });

  it("reads the spans that widgets name, and no others", () => {
    expect(["5m", "1h", "4h", "1d", "1w", "1mo"].map(spanMs)).to.deep.equal([
      300_000,
      hour,
      4 * hour,
      24 * hour,
      168 * hour,
      720 * hour,
    ]);
    expect(["", "5", "m", "alert", "5s", "-5m"].map(spanMs)).to.deep.equal(
      new Array(6).fill(undefined),
    );
  });
});
