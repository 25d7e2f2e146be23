import type { MonitorArgs } from "@pulumi/datadog/monitor.js";
import * as pulumi from "@pulumi/pulumi";
import type {
  Condition,
  Member,
  MonitorDefinition,
  NoData,
  Thresholds,
} from "./monitor-definition.ts";
import { type MessageLinks, messageOf, runbookOf } from "./monitor-message.ts";
import type { Scope } from "../datadog/queries.ts";
import { burnQuery } from "./slos.ts";

/** Ids of what a monitor refers to, by key. */
export type IdOf = (key: string) => pulumi.Output<string>;

/** The resource that one definition stands for. */
export function monitorArgs(
  definition: MonitorDefinition,
  place: Scope & MessageLinks,
  idOf: IdOf,
): MonitorArgs {
  const { condition, priority, renotify } = definition;
  return {
    name: `[${place.namespace}] ${definition.title}`,
    type: condition.type,
    query: queryOf(condition, idOf),
    message: messageOf(definition, place),
    priority: String(priority),
    tags: [...definedTags(definition, place)],
    includeTags: true,
    // Load lasts minutes: waiting for a full window of data would miss a short outage.
    requireFullWindow: false,
    ...thresholdArgs(condition),
    ...noDataArgs(definition.noData),
    ...(condition.type === "service check" && { newGroupDelay: 300 }),
    ...(renotify && {
      renotifyInterval: renotify.everyMinutes,
      renotifyOccurrences: renotify.times,
      renotifyStatuses: renotifyStatuses(definition),
    }),
    // The API takes only web addresses as runbook assets.
    ...(place.runbookUrl !== undefined && {
      assets: [{ category: "runbook", name: "Runbook", url: runbookOf(definition, place) }],
    }),
  };
}

/** States that people are notified of, and so reminded of: missing data where that is a symptom. */
function renotifyStatuses({ notifies, noData }: MonitorDefinition): string[] {
  if (notifies === "no data") return ["no data"];
  return reportsSilence(noData) ? ["alert", "no data"] : ["alert"];
}

function reportsSilence(noData: NoData): boolean {
  return (
    "minutes" in noData ||
    ("onMissingData" in noData && noData.onMissingData === "show_and_notify_no_data")
  );
}

/** Kinds of monitors that notification rules tell apart. */
export type RoutedTag = "alerts" | "missing-data";

/** Tags that all monitors of one kind of this stack have, and no other monitor. */
export function routedTags(kind: RoutedTag, { clusterName, namespace }: Scope): readonly string[] {
  return [
    "team:sock-shop",
    "incident:payment-failure",
    `kube_cluster_name:${clusterName}`,
    `kube_namespace:${namespace}`,
    `notifies:${kind}`,
  ];
}

/** What of a monitor its tags are made of. */
type Tagged = Pick<MonitorDefinition, "service" | "priority" | "key" | "notifies" | "message">;

/** Tags of a monitor that a definition stands for. */
export function definedTags(
  definition: Tagged,
  place: Scope & Pick<MessageLinks, "routing">,
): readonly string[] {
  const { service, priority, key, notifies } = definition;
  return [
    ...tagsOf(service, place),
    `severity:${priority}`,
    // Finds the heading in the runbook from wherever the tags are shown.
    `runbook:${key}`,
    // Says that having no recipient is no slip.
    ...(notifies ? [] : ["notifies:nobody"]),
    ...(place.routing === "rules" ? routedKinds(definition).map((kind) => `notifies:${kind}`) : []),
  ];
}

function routedKinds({ notifies, message }: Tagged): readonly RoutedTag[] {
  if (notifies === "no data") return ["missing-data"];
  if (!notifies) return [];
  return message.noDataText === undefined ? ["alerts"] : ["alerts", "missing-data"];
}

/** Tags that find what belongs to this incident; one downtime by them mutes all of it. */
export function tagsOf(service: string, { clusterName, namespace }: Scope): readonly string[] {
  return [
    "managed-by:pulumi",
    "team:sock-shop",
    `service:${service}`,
    `kube_cluster_name:${clusterName}`,
    `kube_namespace:${namespace}`,
    "incident:payment-failure",
  ];
}

function queryOf(condition: Condition, idOf: IdOf): pulumi.Input<string> {
  switch (condition.type) {
    case "composite":
      return compositeQuery(condition.members, idOf);
    case "slo alert":
      return idOf(condition.burn.slo).apply((id) => burnQuery(id, condition.burn));
    case "metric alert":
    case "service check":
      return condition.query;
  }
}

function compositeQuery(members: readonly Member[], idOf: IdOf): pulumi.Output<string> {
  const terms = members.map(({ key, alerts }) =>
    alerts ? idOf(key) : pulumi.interpolate`!${idOf(key)}`,
  );
  return pulumi.all(terms).apply((known) => known.join(" && "));
}

function thresholdArgs(condition: Condition): Partial<MonitorArgs> {
  switch (condition.type) {
    case "composite":
      return {};
    case "slo alert":
      return { monitorThresholds: { critical: String(condition.burn.threshold) } };
    case "metric alert":
    case "service check": {
      const { thresholds, delay } = condition;
      return {
        monitorThresholds: asTexts(thresholds),
        ...(delay !== undefined && { evaluationDelay: delay }),
      };
    }
  }
}

/** The provider takes numbers as text. */
function asTexts(thresholds: Thresholds): MonitorArgs["monitorThresholds"] {
  return Object.fromEntries(
    Object.entries(thresholds).map(([name, value]) => [name, String(value)]),
  );
}

function noDataArgs(noData: NoData): Partial<MonitorArgs> {
  if ("minutes" in noData) return { notifyNoData: true, noDataTimeframe: noData.minutes };
  return "onMissingData" in noData
    ? { onMissingData: noData.onMissingData }
    : { notifyNoData: false };
}
