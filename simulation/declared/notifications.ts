/** Blocks of a message that Datadog shows when a monitor recovers. */
export const recoveryBlocks = [
  "is_recovery",
  "is_alert_recovery",
  "is_warning_recovery",
  "is_no_data_recovery",
  "is_alert_to_warning",
] as const;

export type RecoveryBlock = (typeof recoveryBlocks)[number];

/** Whether a monitor notifies of an alert and of missing data, and by which blocks of a recovery. */
export interface Notifications {
  readonly alert: boolean;
  readonly noData: boolean;
  readonly recovery: readonly RecoveryBlock[];
}
