import { datadogService } from "../shop/catalogue.ts";
import { availableBelow, logsOf, type Scope } from "./queries.ts";

/** One monitor as data; the component beside this file turns it into a resource. */
export interface MonitorDefinition {
  /** Part of the resource's name, and the heading of the monitor in the runbook. */
  readonly key: string;
  readonly title: string;

  /** Value of the `service` tag. */
  readonly service: string;

  /** 1 (page somebody) to 5 (for information). */
  readonly priority: 1 | 2 | 3 | 4 | 5;
  readonly query: string;

  /** Must equal the number that the query compares with. */
  readonly critical: number;

  /** Minutes without data before that is reported; absent where silence means nothing. */
  readonly noDataMinutes?: number;
  readonly renotify?: { readonly everyMinutes: number; readonly times: number };

  /** Sentences of the message for each turn of events. */
  readonly alert: string;
  readonly recovery: string;
  readonly noData?: string;

  /** Log search that shows the symptom. */
  readonly logs: string;
}

/** Monitors of the payment incident. */
export function paymentMonitors(scope: Scope): readonly MonitorDefinition[] {
  return [
    {
      key: "payment-no-replicas",
      title: "payment has no available replica",
      service: datadogService("payment"),
      priority: 1,
      query: availableBelow("payment", 1, scope),
      // There is no separate recovery threshold: pods are counted whole, so the first available one
      // ends the condition and is the recovery.
      critical: 1,
      noDataMinutes: 10,
      renotify: { everyMinutes: 30, times: 4 },
      alert:
        "payment has {{value}} available replicas (threshold {{threshold}}) " +
        "since {{last_triggered_at}}. Orders fail.",
      recovery: "payment is available again. Reconcile the orders of the outage.",
      noData: "No data on payment's replicas: is the Cluster Agent up?",
      logs: logsOf(datadogService("orders"), scope),
    },
  ];
}

/** Links that end every message. */
export interface MessageLinks {
  /** Page that explains the monitors, one heading each; absent when it is not published. */
  readonly runbookUrl?: string | undefined;

  /** Browser address of the Datadog account, with a slash at the end. */
  readonly appUrl: string;
}

/** The message of a monitor: what happened, then where to look. */
export function messageOf(definition: MonitorDefinition, links: MessageLinks): string {
  const { alert, recovery, noData } = definition;
  return [
    `{{#is_alert}}${alert}{{/is_alert}}`,
    ...(definition.renotify ? ["{{#is_renotify}}Still open.{{/is_renotify}}"] : []),
    ...(noData === undefined ? [] : [`{{#is_no_data}}${noData}{{/is_no_data}}`]),
    `{{#is_recovery}}${recovery}{{/is_recovery}}`,
    `Runbook: ${runbookOf(definition, links)}`,
    `Logs: ${links.appUrl}logs?query=${encodeURIComponent(definition.logs)}`,
  ].join("\n");
}

/** Address of the monitor's heading in the runbook. */
export function runbookOf({ key }: MonitorDefinition, { runbookUrl }: MessageLinks): string {
  return `${runbookUrl ?? "docs/runbook.md"}#${key}`;
}
