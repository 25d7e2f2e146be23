import type { Downtime } from "../values/burn-rate.ts";
import { moreSevere, type Status } from "./composite.ts";
import type { GroupState, Notification } from "./group-state.ts";

/** What is known of one monitor; plain data that survives a restart. */
export interface MonitorState {
  /** Query and options that the groups belong to: another query starts from the beginning. */
  readonly of: string;
  readonly since: number;
  readonly evaluated: number;
  /** Why it is not evaluated; absent where it is. */
  readonly why?: string;
  readonly groups: Readonly<Record<string, GroupState>>;
  /** Groups that are left alone because they are new, with when they were first seen. */
  readonly newcomers?: Readonly<Record<string, number>>;
  /** When it was down, as its SLOs count it; of the last 90 days. */
  readonly downtimes: readonly Downtime[];
}

/** By the id of the monitor. */
export type EvaluationState = Readonly<Record<string, MonitorState>>;

/** A change of status, a message to people, or both. */
export interface Transition {
  readonly monitor: number;
  readonly group: string;
  readonly at: number;
  readonly from: Status;
  readonly to: Status;
  readonly value?: number;
  readonly notification?: Notification;
}

/** Status of the whole monitor: that of its worst group. */
export function overallStatus({ groups }: Pick<MonitorState, "groups">): Status {
  const statuses = Object.values(groups).map(({ status }) => status);
  return statuses.length === 0 ? "No Data" : statuses.reduce(moreSevere);
}
