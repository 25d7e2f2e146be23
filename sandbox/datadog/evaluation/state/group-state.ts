import { type Status } from "./composite.ts";
import type { Policy } from "./monitor-options.ts";

/** What is known of one group of a monitor; plain data, times in milliseconds. */
export interface GroupState {
  readonly status: Status;
  /** Since when it has this status. */
  readonly since: number;
  readonly firstSeen: number;
  /** Last evaluation that had data; absent as long as there never was one. */
  readonly lastData?: number;
  /** What was measured last. */
  readonly value?: number;
  readonly lastTriggered?: number;
  readonly lastResolved?: number;
  readonly lastNoData?: number;
  readonly lastNotified?: number;
  /** Reminders of the present status. */
  readonly renotified: number;
  /** Whether a notification of a problem was sent that is not over yet. */
  readonly told: boolean;
}

/** What an evaluation found for a group. */
export type Finding =
  | { readonly kind: "status"; readonly status: Status; readonly value?: number | undefined }
  | { readonly kind: "missing" };

/** What is sent to people, if anything. */
export type Notification = "triggered" | "warned" | "no data" | "recovered" | "reminder";

export interface Turn {
  readonly state: GroupState;
  /** The status before; absent where it did not change. */
  readonly from?: Status;
  readonly notification?: Notification;
}

/** A group before its first evaluation. A new monitor starts in No Data, which notifies nobody. */
export function newGroup(now: number): GroupState {
  return { status: "No Data", since: now, firstSeen: now, renotified: 0, told: false };
}

/** Takes a group one evaluation further. */
export function advance(
  before: GroupState,
  finding: Finding,
  policy: Pick<Policy, "missing" | "renotify">,
  now: number,
): Turn {
  const seen = finding.kind === "status" && finding.status !== "No Data";
  const state = seen ? withData(before, finding.value, now) : before;
  const status = finding.kind === "status" ? finding.status : ofMissing(before, policy, now);
  return status === before.status
    ? unchanged(state, policy, now)
    : changed(state, status, policy, now);
}

function withData(before: GroupState, value: number | undefined, now: number): GroupState {
  return { ...before, lastData: now, ...(value !== undefined && { value }) };
}

/** A monitor must have had data before missing data means anything. */
function ofMissing(before: GroupState, { missing }: Pick<Policy, "missing">, now: number): Status {
  if (missing.kind === "OK") return "OK";
  if (missing.kind !== "No Data" || before.lastData === undefined) return before.status;
  const silentMinutes = (now - before.lastData) / 60_000;
  return silentMinutes >= missing.afterMinutes ? "No Data" : before.status;
}

function changed(
  state: GroupState,
  status: Status,
  policy: Pick<Policy, "missing">,
  now: number,
): Turn {
  const notification = notificationOf(state, status, policy);
  const next: GroupState = {
    ...state,
    status,
    since: now,
    renotified: 0,
    told: status === "OK" ? false : state.told || notification !== undefined,
    ...(notification !== undefined && { lastNotified: now }),
    ...stamp(status, now),
  };
  return { state: next, from: state.status, ...(notification && { notification }) };
}

function stamp(status: Status, now: number): Partial<GroupState> {
  switch (status) {
    case "Alert":
    case "Warn":
      return { lastTriggered: now };
    case "No Data":
      return { lastNoData: now };
    case "OK":
      return { lastResolved: now };
  }
}

function notificationOf(
  { told }: GroupState,
  status: Status,
  { missing }: Pick<Policy, "missing">,
): Notification | undefined {
  switch (status) {
    case "Alert":
      return "triggered";
    case "Warn":
      return "warned";
    case "No Data":
      return missing.kind === "No Data" && missing.notify ? "no data" : undefined;
    case "OK":
      return told ? "recovered" : undefined;
  }
}

/** Reminds people of what goes on: https://docs.datadoghq.com/monitors/notify/#renotify */
function unchanged(state: GroupState, { renotify }: Pick<Policy, "renotify">, now: number): Turn {
  if (renotify === undefined || !state.told || !renotify.statuses.includes(state.status)) {
    return { state };
  }
  const isDue = now - (state.lastNotified ?? now) >= renotify.minutes * 60_000;
  if (!isDue || state.renotified >= (renotify.times ?? Number.POSITIVE_INFINITY)) return { state };
  const reminded = { ...state, lastNotified: now, renotified: state.renotified + 1 };
  return { state: reminded, notification: "reminder" };
}
