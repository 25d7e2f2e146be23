import type { DatadogEndpoints } from "../datadog/site.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import { minutesOpen, timeOfAlert } from "./template-variables.ts";

/** The monitor that names the cause, from which an incident is declared. */
export const rootCauseKey = "payment-down";

/** Where messages lead to, and whom they reach. */
export interface MessageLinks {
  /** Page that explains the monitors, one heading each; absent when it is not published. */
  readonly runbookUrl?: string | undefined;

  /** Browser address of the Datadog account, with a slash at the end. */
  readonly datadog: Pick<DatadogEndpoints, "app">;

  /** Handles of the people to notify, such as `@slack-shop`. */
  readonly notify: readonly string[];

  /** Whether messages mention the handles, or rules notify them by the monitors' tags. */
  readonly routing?: "messages" | "rules" | undefined;

  /** Handle of the workflow that the root cause triggers, such as `@workflow-x`; absent: none. */
  readonly workflow?: string | undefined;
}

/** Minutes around what a monitor looks at: what led to it, and what came of it. */
const margin = { before: 5, after: 10 };

/** What of a monitor its message is made of. */
export type AnnouncedMonitor = Pick<
  MonitorDefinition,
  "key" | "message" | "minutes" | "notifies" | "renotify" | "service" | "priority"
>;

/** The message of a monitor: what happened, what to do first, where to look, whom to notify. */
export function messageOf(definition: AnnouncedMonitor, links: MessageLinks): string {
  const { message, renotify, minutes } = definition;
  const time = timeOfAlert({ ...margin, before: minutes + margin.before });
  return [
    block("is_alert", message.alert),
    ...optional("is_warning", message.warning),
    ...optional("is_renotify", renotify && `Still open after ${minutesOpen} minutes.`),
    ...optional("is_no_data", message.noDataText),
    block("is_recovery", message.recovery),
    // A recovery leaves nothing to do but what its own text says.
    `{{^is_recovery}}First: ${message.check}{{/is_recovery}}`,
    `Runbook: ${runbookOf(definition, links)}`,
    `Logs: ${links.datadog.app}logs?query=${encoded(message.logs)}&${time}`,
    `Dashboard: ${links.datadog.app}dashboard/lists?q=${encoded(message.dashboard)}`,
    ...recipients(definition, links),
    ...triggers(definition, links),
  ].join("\n");
}

/** A text in an address; brackets, which are allowed there, would end a link in chat programs. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll("(", "%28").replaceAll(")", "%29");
}

/** Address of the monitor's heading in the runbook. */
export function runbookOf(
  { key }: Pick<MonitorDefinition, "key">,
  { runbookUrl }: Pick<MessageLinks, "runbookUrl">,
): string {
  return `${runbookUrl ?? "docs/runbook.md"}#${key}`;
}

const downgraded = "Recovered to a warning, whose end is not announced.";

/**
 * A warning changes the dashboards' colours and notifies nobody. `is_recovery` would notify of its end
 * all the same; and for those who were notified of an alert, it is over even if a warning is left.
 */
function recipients(
  { notifies, message }: AnnouncedMonitor,
  { notify, routing }: Pick<MessageLinks, "notify" | "routing">,
) {
  if (!notifies || notify.length === 0) return [];
  if (routing === "rules")
    return notifies === true ? [block("is_alert_to_warning", downgraded)] : [];
  const handles = notify.join(" ");
  if (notifies === "no data") {
    return [block("is_no_data", handles), block("is_no_data_recovery", handles)];
  }
  return [
    block("is_alert", handles),
    block("is_alert_to_warning", `${downgraded} ${handles}`),
    block("is_alert_recovery", handles),
    ...optional("is_no_data", message.noDataText && handles),
    ...optional("is_no_data_recovery", message.noDataText && handles),
  ];
}

/** The root cause begins the workflow when it alerts, and not again when it reminds. */
function triggers(
  { key }: AnnouncedMonitor,
  { workflow, routing }: Pick<MessageLinks, "workflow" | "routing">,
): readonly string[] {
  if (workflow === undefined || key !== rootCauseKey || routing === "rules") return [];
  return [block("is_alert", `{{^is_renotify}}${workflow}{{/is_renotify}}`)];
}

function optional(condition: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [block(condition, text)];
}

function block(condition: string, text: string): string {
  return `{{#${condition}}}${text}{{/${condition}}}`;
}
