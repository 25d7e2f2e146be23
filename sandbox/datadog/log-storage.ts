/** An index of logs, as the API of version 1 shows it. */
export interface LogIndex {
  name: string;
  filter: { query?: string };
  exclusion_filters: LogExclusion[];
  num_retention_days: number;
  /** Events a day; `null`: no limit. */
  daily_limit: number | null;
  is_rate_limited: boolean;
  tags: string[];
  [name: string]: unknown;
}

export interface LogExclusion {
  name: string;
  is_enabled?: boolean;
  /** `sample_rate`: share of the matching logs that is left out, from 0 to 1. */
  filter?: { query?: string; sample_rate: number; sample_attribute?: string };
}

/** An archive of logs. */
export interface LogArchive {
  id: string;
  attributes: { name: string; query: string; [name: string]: unknown };
}
