import type { MonitorNotificationRuleArgs } from "@pulumi/datadog/monitorNotificationRule.js";
import type { Scope } from "../datadog/queries.ts";
import { type RoutedTag, routedTags } from "../monitors/monitor-args.ts";
import { rootCauseKey } from "../monitors/monitor-message.ts";

/** What the rules are about, and whom they notify. */
export interface Routing extends Scope {
  /** Handles as in messages, such as `@slack-shop`. */
  readonly notify: readonly string[];

  /** Handle of the workflow that the root cause triggers, such as `@workflow-x`; absent: none. */
  readonly workflow?: string | undefined;
}

/** A rule by the name of its resource. */
export type NotificationRule = MonitorNotificationRuleArgs & { readonly key: string };

/**
 * Changes of a status that notify, by the names that messages have for them. Datadog documents
 * `is_alert` as an example; that the others are taken as well is assumed.
 */
const transitions: Readonly<Record<RoutedTag, readonly string[]>> = {
  alerts: ["is_alert", "is_alert_to_warning", "is_alert_recovery"],
  "missing-data": ["is_no_data", "is_no_data_recovery"],
};

/**
 * Who is notified of what, instead of handles in each message: one rule for the monitors that notify
 * of alerts, one for those that notify of missing data; some do both. Without handles there is no
 * rule.
 */
export function notificationRules(routing: Routing): readonly NotificationRule[] {
  return [...peopleRules(routing), ...workflowRules(routing)];
}

/** The workflow's rule matches one monitor alone, by the tag that finds its heading in the runbook. */
function workflowRules({ workflow, ...scope }: Routing): readonly NotificationRule[] {
  if (workflow === undefined) return [];
  const recipients = [workflow.slice(1)];
  return [
    {
      key: "route-workflow",
      name: `[sock-shop] incident of ${scope.namespace} on ${scope.clusterName}`,
      filter: { tags: [...routedTags("alerts", scope), `runbook:${rootCauseKey}`] },
      conditionalRecipients: { conditions: [{ scope: "transition_type:is_alert", recipients }] },
    },
  ];
}

function peopleRules({ notify, ...scope }: Routing): readonly NotificationRule[] {
  if (notify.length === 0) return [];
  // The API takes handles without their @.
  const recipients = notify.map((handle) => handle.slice(1));
  return (Object.keys(transitions) as RoutedTag[]).map((kind) => ({
    key: `route-${kind}`,
    name: `[sock-shop] ${kind.replace("-", " ")} of ${scope.namespace} on ${scope.clusterName}`,
    filter: { tags: [...routedTags(kind, scope)] },
    conditionalRecipients: {
      conditions: transitions[kind].map((type) => ({
        scope: `transition_type:${type}`,
        recipients,
      })),
    },
  }));
}
