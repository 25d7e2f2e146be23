import type { DowntimeScheduleArgs } from "@pulumi/datadog/downtimeSchedule.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../datadog/queries.ts";

/** Whose notifications a drill mutes. */
export interface Drill extends Scope {
  /** State of the flag, such as `payment-down`. */
  readonly incident: string;

  /** When the lease ends, as `2027-01-05T12:00:00Z`: the provider takes no other form. */
  readonly ends: pulumi.Input<string>;
}

/** Tags that all monitors of one stack have, and no other monitor has: one downtime on all of them. */
function drillTags({ clusterName, namespace }: Scope): readonly string[] {
  return [
    "incident:payment-failure",
    `kube_cluster_name:${clusterName}`,
    `kube_namespace:${namespace}`,
  ];
}

/**
 * A downtime that mutes the stack's monitors until the lease ends. It says no start: Datadog sets
 * the moment of creation, so that a later update finds nothing to change.
 */
export function drillDowntimeArgs(drill: Drill): DowntimeScheduleArgs {
  return {
    // All groups: most monitors have none that a tag could name.
    scope: "*",
    monitorIdentifier: { monitorTags: [...drillTags(drill)] },
    oneTimeSchedule: { end: drill.ends },
    displayTimezone: "UTC",
    message: `Drill: incident ${drill.incident} is staged. It ends with the lease of the incident.`,
    muteFirstRecoveryNotification: true,
    // When the guard has just restored the shop, monitors still alert on what is in their windows.
    // A shop that is broken for longer notifies by their reminders.
    notifyEndTypes: [],
  };
}
