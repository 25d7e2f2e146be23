/** Blocks of a message that Datadog shows when something ends. */
export const endBlocks = [
  "is_recovery",
  "is_alert_recovery",
  "is_warning_recovery",
  "is_no_data_recovery",
  "is_alert_to_warning",
] as const;

export type EndBlock = (typeof endBlocks)[number];

/** Whether somebody is told of an alert, and of missing data; and by which blocks of an end. */
export interface Tells {
  readonly alert: boolean;
  readonly noData: boolean;
  readonly recovery: readonly EndBlock[];
}
