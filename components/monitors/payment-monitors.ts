import { Monitor, type MonitorArgs } from "@pulumi/datadog/monitor.js";
import * as pulumi from "@pulumi/pulumi";
import {
  messageOf,
  type MessageLinks,
  type MonitorDefinition,
  paymentMonitors,
  runbookOf,
} from "./definitions.ts";
import type { Scope } from "./queries.ts";

/** What the monitors watch and where their messages point. */
export interface PaymentMonitorsArgs {
  readonly scope: Scope;
  readonly links: MessageLinks;
}

/** The monitors of the payment incident, one resource per definition. */
export class PaymentMonitors extends pulumi.ComponentResource {
  /** Browser address of each monitor, by its key. */
  readonly urls: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: PaymentMonitorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:monitors:PaymentMonitors", name, {}, opts);

    this.urls = Object.fromEntries(
      paymentMonitors(args.scope).map((definition) => {
        const monitor = new Monitor(definition.key, monitorArgs(definition, args), {
          parent: this,
        });
        return [definition.key, pulumi.interpolate`${args.links.appUrl}monitors/${monitor.id}`];
      }),
    );

    this.registerOutputs({ urls: this.urls });
  }
}

/** The resource that one definition stands for. */
export function monitorArgs(
  definition: MonitorDefinition,
  { scope, links }: PaymentMonitorsArgs,
): MonitorArgs {
  const { noDataMinutes, renotify } = definition;
  return {
    name: `[sock-shop] ${definition.title}`,
    type: "metric alert",
    query: definition.query,
    message: messageOf(definition, links),
    priority: String(definition.priority),
    tags: [
      "managed-by:pulumi",
      "team:sock-shop",
      `service:${definition.service}`,
      `kube_cluster_name:${scope.clusterName}`,
      "incident:payment-failure",
      `severity:${definition.priority}`,
    ],
    monitorThresholds: { critical: String(definition.critical) },
    includeTags: true,
    // Load lasts minutes: waiting for a full window of data would miss a short outage.
    requireFullWindow: false,
    ...(noDataMinutes !== undefined && { notifyNoData: true, noDataTimeframe: noDataMinutes }),
    ...(renotify && {
      renotifyInterval: renotify.everyMinutes,
      renotifyOccurrences: renotify.times,
      renotifyStatuses: ["alert"],
    }),
    // The API takes only web addresses as runbook assets.
    ...(links.runbookUrl !== undefined && {
      assets: [{ category: "runbook", name: "Runbook", url: runbookOf(definition, links) }],
    }),
  };
}
