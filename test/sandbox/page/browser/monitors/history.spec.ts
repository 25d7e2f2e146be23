import { expect } from "chai";
import {
  groupOfEvent,
  historyOf,
  statusOfEvent,
} from "../../../../../sandbox/page/browser/monitors/history.ts";

const event = (at: number, title: string) => {
  return { id: at, title, text: "", date_happened: at, tags: [], alert_type: "info" };
};
const window = { from: 0, to: 100_000 };

describe("the history of a monitor", () => {
  it("reads the state and the group from the titles of the stand-in's events", () => {
    const titles = [
      "[Triggered] a",
      "[Re-Triggered] a",
      "[Warn on host:a] a",
      "[No data on service:x,host:b] a",
      "[Recovered] a",
      "Sock Shop: incident payment-down is staged",
    ];
    expect(titles.map((title) => statusOfEvent({ title }))).to.deep.equal([
      "Alert",
      "Alert",
      "Warn",
      "No Data",
      "OK",
      undefined,
    ]);
    expect(titles.map((title) => groupOfEvent({ title }))).to.deep.equal([
      "*",
      "*",
      "host:a",
      "service:x,host:b",
      "*",
      "*",
    ]);
  });

  it("goes from one notification to the next, in order of time", () => {
    const events = [event(60, "[Recovered] m"), event(20, "[Triggered] m")];
    expect(historyOf(events, { name: "*", status: "OK" }, window)).to.deep.equal([
      { status: "unknown", from: 0, to: 20_000 },
      { status: "Alert", from: 20_000, to: 60_000 },
      { status: "OK", from: 60_000, to: 100_000 },
    ]);
  });

  it("leaves the events of other groups out", () => {
    const events = [event(20, "[Triggered on host:b] m"), event(30, "[Triggered on host:a] m")];
    expect(historyOf(events, { name: "host:a", status: "Alert" }, window)).to.deep.equal([
      { status: "unknown", from: 0, to: 30_000 },
      { status: "Alert", from: 30_000, to: 100_000 },
    ]);
  });

  it("knows a change without a notification from the group's own time", () => {
    const events = [event(20, "[Triggered] m")];
    expect(historyOf(events, { name: "*", status: "No Data" }, window, 50_000)).to.deep.equal([
      { status: "unknown", from: 0, to: 20_000 },
      { status: "Alert", from: 20_000, to: 50_000 },
      { status: "No Data", from: 50_000, to: 100_000 },
    ]);
  });

  it("takes the state from before the window, and joins what is the same", () => {
    const events = [event(10, "[Triggered] m"), event(30, "[Re-Triggered] m")];
    const group = { name: "*", status: "Alert" };
    expect(historyOf(events, group, { from: 20_000, to: 90_000 })).to.deep.equal([
      { status: "Alert", from: 20_000, to: 90_000 },
    ]);
  });
});
