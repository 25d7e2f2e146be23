import type { DashboardTitle } from "../datadog/dashboard-titles.ts";
import type { ServiceName } from "../shop/catalogue.ts";
import type { BurnRate } from "./slos.ts";

/** Percent, pods or counts at which a monitor changes its state. */
export interface Thresholds {
  /** Must equal the number that the query compares with. */
  readonly critical: number;
  readonly warning?: number;

  /** Where it recovers, if that is not where it fires; keeps a value at the edge from flapping. */
  readonly criticalRecovery?: number;
  readonly warningRecovery?: number;

  /** Service checks only: passes that end the alert. */
  readonly ok?: number;
}

/**
 * What silence means to a monitor. `why` is for readers of the code; the rest is Datadog's setting:
 * minutes until silence is reported, or the API's word for it.
 */
export type NoData =
  | { readonly why: string; readonly minutes: number }
  | {
      readonly why: string;
      readonly onMissingData: "default" | "resolve" | "show_no_data" | "show_and_notify_no_data";
    }
  | { readonly why: string };

/** A monitor of a composite, by its key. */
export interface Member {
  readonly key: string;

  /** False: the composite wants this monitor to be quiet. */
  readonly alerts: boolean;
}

/** What a monitor looks at. */
export type Condition =
  | {
      readonly type: "metric alert" | "service check";
      readonly query: string;
      readonly thresholds: Thresholds;

      /** Seconds that the window is held back, so that slower signals are there too. */
      readonly delay?: number;
    }
  /** All members at once. */
  | { readonly type: "composite"; readonly members: readonly Member[] }
  | { readonly type: "slo alert"; readonly burn: BurnRate };

/** One monitor as data; the component beside this file turns it into a resource. */
export interface MonitorDefinition {
  /** Part of the resource's name, and the heading of the monitor in the runbook. */
  readonly key: string;
  readonly title: string;

  /** Value of the `service` tag. */
  readonly service: WatchedService;

  /** 1 (page somebody) to 5 (for information). */
  readonly priority: 1 | 2 | 3 | 4 | 5;
  readonly condition: Condition;

  /** How far back the condition looks; for a composite, how far its members do. */
  readonly minutes: number;
  readonly noData: NoData;

  /**
   * Whether people are notified: of everything but warnings, or only of missing data. The others feed
   * the composites and the dashboards.
   */
  readonly notifies?: true | "no data";
  readonly renotify?: { readonly everyMinutes: number; readonly times: number };
  readonly message: MessageParts;
}

/** Sentences of a message for each change of the state. */
export interface MessageParts {
  readonly alert: string;
  readonly warning?: string;
  readonly recovery: string;
  readonly noDataText?: string;

  /** What to look at first, as a request. */
  readonly check: string;

  /** Log search that shows the symptom. */
  readonly logs: string;

  /** Dashboard that shows it. */
  readonly dashboard: DashboardTitle;
}

/** Services that a monitor is about, apart from the shop's own. */
type WatchedService = `sock-shop-${ServiceName}` | "locust" | "datadog-agent";
