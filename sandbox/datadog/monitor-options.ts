interface Thresholds {
  critical?: number | null;
  warning?: number | null;
  [name: string]: number | null | undefined;
}

export interface MonitorOptions {
  thresholds?: Thresholds | null;
  notify_no_data?: boolean | null;
  on_missing_data?: string | null;
  [name: string]: unknown;
}
