import { expect } from "chai";
import type { Status } from "../../../sandbox/datadog/evaluation/state/composite.ts";
import type { Notification } from "../../../sandbox/datadog/evaluation/state/group-state.ts";
import type { DeclaredMonitor } from "../../../simulation/declared/declared.ts";
import { wrongRecoveries } from "../../../simulation/report/recoveries.ts";
import type { RecoveryBlock } from "../../../simulation/declared/notifications.ts";

const start = Date.UTC(2027, 0, 5, 10);
const notificationOf: Record<Status, Notification> = {
  Alert: "triggered",
  Warn: "warned",
  "No Data": "no data",
  OK: "recovered",
};

/** What is found when one monitor takes these statuses, a minute each, and notifies by these blocks. */
function found(
  statuses: readonly Status[],
  recovery: readonly RecoveryBlock[],
  alert = true,
): readonly string[] {
  const notifies = { alert, noData: true, recovery };
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
  const monitor = { key: "m", notifies } as DeclaredMonitor;
  return wrongRecoveries([monitor], { transitions: new Map([["m", turns]]) }, start);
}

describe("the end of an alert", () => {
  const right = ["is_alert_recovery", "is_alert_to_warning", "is_no_data_recovery"] as const;

  it("notifies those whom the problem notified, also when a warning stays or data was missing", () => {
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

  it("does not notify for a monitor that notifies of missing data alone", () => {
    const courses: readonly (readonly Status[])[] = [
      ["OK", "Alert", "OK"],
      ["OK", "No Data", "OK"],
      ["OK", "No Data", "Alert", "OK"],
    ];

    for (const course of courses) {
      expect(found(course, ["is_no_data_recovery"], false), course.join()).to.deep.equal([]);
    }
  });

  it("is reported wrongly by is_recovery: it includes warnings, and comes late when one stays", () => {
    expect(found(["OK", "Warn", "OK"], ["is_recovery"])).to.deep.equal([
      "m notifies at minute 2 of the recovery from a problem that did not notify",
    ]);
    expect(found(["OK", "Alert", "Warn", "OK"], ["is_recovery"])).to.deep.equal([
      "m does not notify at minute 2 of the recovery",
      "m notifies at minute 3 of the recovery from a problem that did not notify",
    ]);
  });

  it("is mistold where the block of one of its ways is missing", () => {
    expect(found(["OK", "Alert", "OK"], ["is_no_data_recovery"])).to.deep.equal([
      "m does not notify at minute 2 of the recovery",
    ]);
    expect(found(["OK", "No Data", "OK"], ["is_alert_recovery"])).to.deep.equal([
      "m does not notify at minute 2 of the recovery",
    ]);
  });
});
