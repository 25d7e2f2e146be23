import { expect } from "chai";
import type { Event, Monitor } from "../../../../../sandbox/page/browser/api/shapes.ts";
import { incidentOf, markersOf } from "../../../../../sandbox/page/browser/monitors/incident.ts";
import {
  byUrgency,
  countByState,
  isAlerting,
} from "../../../../../sandbox/page/browser/monitors/order.ts";

function monitor(
  name: string,
  priority: number | null,
  state: string,
  since: string | null,
): Monitor {
  const rest = { type: "metric alert", query: "", message: "", tags: [], options: {} };
  const shown = { overall_state: state, overall_state_modified: since };
  return { id: 1, name, priority, ...shown, ...rest };
}

const early = "2027-01-05T10:00:00Z";
const late = "2027-01-05T11:00:00Z";

describe("the order of alerts", () => {
  it("is by priority, none last, then by severity, then the longest first", () => {
    const monitors = [
      monitor("none", null, "Alert", early),
      monitor("p2 warn", 2, "Warn", early),
      monitor("p2 late", 2, "Alert", late),
      monitor("p2 early", 2, "Alert", early),
      monitor("p1 silent", 1, "No Data", null),
    ];
    expect(monitors.toSorted(byUrgency).map(({ name }) => name)).to.deep.equal([
      "p1 silent",
      "p2 early",
      "p2 late",
      "p2 warn",
      "none",
    ]);
  });

  it("counts states in order of severity, and an odd one among them", () => {
    const states = ["OK", "Odd", "Alert", "OK", "No Data"];
    const monitors = states.map((state) => monitor("m", 1, state, early));
    expect(countByState(monitors)).to.deep.equal([
      ["Alert", 1],
      ["No Data", 1],
      ["Odd", 1],
      ["OK", 2],
    ]);
    expect(monitors.map(isAlerting)).to.deep.equal([false, false, true, false, true]);
  });
});

describe("the staged incident", () => {
  const marker = (at: number, phase: string): Event => {
    const tags = ["marker:incident", `phase:${phase}`];
    return { id: at, title: phase, text: "", date_happened: at, tags, alert_type: "info" };
  };

  it("is on from a marker that begins or changes it, until one that ends it", () => {
    const events = [marker(1, "start"), marker(2, "change")];
    expect(incidentOf(markersOf(events))).to.deep.equal({
      isOn: true,
      since: 2000,
      title: "change",
    });
    const over = markersOf([marker(3, "recovered"), ...events]);
    expect(incidentOf(over)).to.deep.equal({ isOn: false, since: 3000, title: "recovered" });
  });

  it("is not known from other events", () => {
    const other = { ...marker(9, "start"), tags: ["phase:start"] };
    expect(incidentOf(markersOf([other]))).to.deep.equal({ isOn: false, title: "" });
  });
});
