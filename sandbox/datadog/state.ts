import type { EvaluationState, Transition } from "./evaluation/state/monitor-state.ts";
import type { LogArchive, LogIndex } from "./log-storage.ts";
import type { MonitorOptions } from "./monitor-options.ts";
import type { NotificationRule, OnCallObject, Workflow } from "./routing-objects.ts";

/** Everything the stand-in knows; plain data, replaced and never changed in place. */
export interface State {
  /** Where ids start: seconds of the clock when this state began, so that a fresh state never
   * hands out ids that an older one gave away. */
  base: number;
  /** How many ids were given out. */
  given: number;
  monitors: Monitor[];
  dashboards: Dashboard[];
  /** In the order in which logs pass them. */
  pipelines: Pipeline[];
  metrics: LogsMetric[];
  /** In the order in which a log looks for its own. */
  logIndexes: LogIndex[];
  /** Names of indexes that were deleted. */
  deletedLogIndexes: string[];
  logArchives: LogArchive[];
  slos: Slo[];
  events: Event[];
  downtimes: Downtime[];
  /** Of the Software Catalog. */
  entities: CatalogEntity[];
  synthetics: {
    locations: PrivateLocation[];
    tests: SyntheticsTest[];
    /** Oldest first. */
    results: SyntheticsResult[];
  };
  notificationRules: NotificationRule[];
  workflows: Workflow[];
  onCall: { schedules: OnCallObject[]; policies: OnCallObject[]; routing: OnCallObject[] };
  /** Of Sensitive Data Scanner, in their order. */
  scanner: { groups: ScannerGroup[]; rules: ScannerRule[] };
  /** Requests that the stand-in could not answer as Datadog would. */
  unknown: RequestRecord[];
  evaluation: {
    /** States of the monitors, by their ids. */
    monitors: EvaluationState;
    /** What they went through, oldest first. */
    transitions: readonly Transition[];
  };
}

/** One request as it was answered. Key values are never part of it. */
export interface RequestRecord {
  at: string;
  method: string;
  url: string;
  status: number;
  /** False where the stand-in does not know the path or a query parameter. */
  known: boolean;
}

export interface Monitor {
  id: number;
  type: string;
  name: string;
  message: string;
  query: string;
  tags: string[];
  priority: number | null;
  restricted_roles: string[] | null;
  draft_status: string;
  options: MonitorOptions;
  multi: boolean;
  created: string;
  modified: string;
  assets: Record<string, unknown>[];
}

export interface Dashboard {
  id: string;
  title: string;
  layout_type: string;
  widgets: Widget[];
  url: string;
  created_at: string;
  modified_at: string;
  [name: string]: unknown;
}

export interface Widget {
  id?: number;
  definition: { type: string; widgets?: Widget[]; [name: string]: unknown };
  [name: string]: unknown;
}

export interface Pipeline {
  id: string;
  type: "pipeline";
  name: string;
  is_enabled: boolean;
  is_read_only: false;
  filter?: { query?: string };
  processors: Processor[];
  tags: string[];
  description: string;
}

export interface Processor {
  type: string;
  name?: string;
  [name: string]: unknown;
}

export interface LogsMetric {
  id: string;
  type: "logs_metrics";
  attributes: {
    compute: { aggregation_type: string; path?: string; include_percentiles?: boolean };
    filter: { query?: string };
    group_by: { path: string; tag_name?: string }[];
  };
}

export interface SloThreshold {
  timeframe: string;
  target: number;
  warning?: number | null;
  target_display?: string;
  warning_display?: string;
}

export interface Slo {
  id: string;
  name: string;
  type: string;
  thresholds: SloThreshold[];
  monitor_ids?: number[];
  created_at: number;
  modified_at: number;
  [name: string]: unknown;
}

export interface Event {
  id: number;
  title: string;
  text: string;
  date_happened: number;
  tags: string[];
  priority: string | null;
  alert_type: string;
  [name: string]: unknown;
}

export interface Downtime {
  id: string;
  created: string;
  modified: string;
  canceled: string | null;
  attributes: { schedule: Schedule; [name: string]: unknown };
}

export interface Schedule {
  start?: string | null;
  end?: string | null;
  recurrences?: unknown[];
  timezone?: string;
}

/** One entity of the Software Catalog; schema v3. */
export interface CatalogEntity {
  id: string;
  created: string;
  modified: string;
  /** As it was sent, with its namespace. */
  schema: EntitySchema;
}

export interface EntitySchema {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; owner?: string } & Record<string, unknown>;
  [part: string]: unknown;
}

export interface PrivateLocation {
  id: string;
  name: string;
  description: string;
  tags: string[];
  metadata: { restricted_roles?: string[] };
  createdAt: string;
  modifiedAt: string;
}

export interface SyntheticsTest {
  public_id: string;
  monitor_id: number;
  name: string;
  type: string;
  subtype: string;
  status: string;
  message: string;
  tags: string[];
  locations: string[];
  config: { steps?: Record<string, unknown>[]; [name: string]: unknown };
  options: {
    tick_every?: number;
    min_failure_duration?: number;
    min_location_failed?: number;
    monitor_name?: string;
    monitor_priority?: number;
    monitor_options?: Record<string, unknown>;
    [name: string]: unknown;
  };
  created_at: string;
  modified_at: string;
}

/** One run of a synthetic test. */
export interface SyntheticsResult {
  id: string;
  /** Public id of the test. */
  test: string;
  location: string;
  /** Milliseconds since 1970. */
  at: number;
  passed: boolean;
  failure?: string;
}

export interface ScannerGroup {
  id: string;
  attributes: Record<string, unknown>;
}

export interface ScannerRule {
  id: string;
  /** Id of its group. */
  group: string;
  attributes: {
    pattern?: string;
    text_replacement?: { type?: string; replacement_string?: string };
    [name: string]: unknown;
  };
}

/** A state without any object. `given` goes on counting where ids were given out before. */
export function emptyState(now: Date, before?: State): State {
  return {
    base: before?.base ?? Math.floor(now.getTime() / 1000),
    given: before?.given ?? 0,
    monitors: [],
    dashboards: [],
    pipelines: [],
    metrics: [],
    logIndexes: [],
    deletedLogIndexes: [],
    logArchives: [],
    slos: [],
    events: [],
    downtimes: [],
    entities: [],
    synthetics: { locations: [], tests: [], results: [] },
    notificationRules: [],
    workflows: [],
    onCall: { schedules: [], policies: [], routing: [] },
    scanner: { groups: [], rules: [] },
    unknown: [],
    evaluation: { monitors: {}, transitions: [] },
  };
}

/** The list with the object of the same id put in place of the old one. */
export function replaced<T extends { id: number | string }>(list: T[], item: T): T[] {
  return list.map((other) => (other.id === item.id ? item : other));
}

export function without<T extends { id: number | string }>(list: T[], id: T["id"]): T[] {
  return list.filter((other) => other.id !== id);
}
