import { expect } from "chai";
import type { Status } from "../../../sandbox/datadog/evaluation/composite.ts";
import type { Notification } from "../../../sandbox/datadog/evaluation/group-state.ts";
import type { DeclaredMonitor } from "../../../simulation/declared/declared.ts";
import { mistoldEnds } from "../../../simulation/report/recoveries.ts";
import type { EndBlock } from "../../../simulation/declared/notifications.ts";

const start = Date.UTC(2027, 0, 5, 10);
const notificationOf: Record<Status, Notification> = {
  Alert: "triggered",
  Warn: "warned",
  "No Data": "no data",
  OK: "recovered",
};

/** What is found when one monitor takes these statuses, a minute each, and tells by these blocks. */
function found(
  statuses: readonly Status[],
  recovery: readonly EndBlock[],
  alert = true,
): readonly string[] {
  const tells = { alert, noData: true, recovery };
  const turns = statuses.slice(1).map((to, index) => ({
    ...{
      monitor: 1,
      group: "*",
      at: start + (index + 1) * 60_000,
      from: statuses[index] ?? to,
      to,
    },
    notification: notificationOf[to],
  }));
  const monitor = { key: "m", tells } as DeclaredMonitor;
  return mistoldEnds([monitor], { transitions: new Map([["m", turns]]) }, start);
}

describe("the end of an alert", () => {
  const right = ["is_alert_recovery", "is_alert_to_warning", "is_no_data_recovery"] as const;

  it("is told to those who heard of it, also where a warning is left or data was missing", () => {
    const courses: readonly (readonly Status[])[] = [
      ["OK", "Alert", "OK"],
      ["OK", "Warn", "OK"],
      ["OK", "Warn", "Alert", "Warn", "OK"],
      ["OK", "Alert", "Warn", "Alert", "OK"],
      ["OK", "No Data", "OK"],
      ["OK", "Alert", "No Data", "OK"],
    ];

    for (const course of courses) expect(found(course, right), course.join()).to.deep.equal([]);
  });

  it("is not told by a monitor that tells of silence alone", () => {
    const courses: readonly (readonly Status[])[] = [
      ["OK", "Alert", "OK"],
      ["OK", "No Data", "OK"],
      ["OK", "No Data", "Alert", "OK"],
    ];

    for (const course of courses) {
      expect(found(course, ["is_no_data_recovery"], false), course.join()).to.deep.equal([]);
    }
  });

  it("is mistold by is_recovery, which tells of warnings, and late where one is left", () => {
    expect(found(["OK", "Warn", "OK"], ["is_recovery"])).to.deep.equal([
      "m tells at minute 2 of an end whose beginning nobody heard of",
    ]);
    expect(found(["OK", "Alert", "Warn", "OK"], ["is_recovery"])).to.deep.equal([
      "m does not tell at minute 2 that it is over",
      "m tells at minute 3 of an end whose beginning nobody heard of",
    ]);
  });

  it("is mistold where the block of one of its ways is missing", () => {
    expect(found(["OK", "Alert", "OK"], ["is_no_data_recovery"])).to.deep.equal([
      "m does not tell at minute 2 that it is over",
    ]);
    expect(found(["OK", "No Data", "OK"], ["is_alert_recovery"])).to.deep.equal([
      "m does not tell at minute 2 that it is over",
    ]);
  });
});
