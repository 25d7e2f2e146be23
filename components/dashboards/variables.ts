import { markerTag } from "../incident/marker/mark.ts";
import { logsIn, type Where } from "../datadog/queries.ts";

/** Filters of a board's queries: its own variables. */
export const here: Where = { cluster: "$cluster", namespace: "$namespace" };

/** Search for all log lines of the shop. */
export const logsHere = logsIn(here);

const kubernetes = "source:kubernetes";

/** Searches for events, in the syntax of logs. */
export const events = {
  markers: `${logsHere} ${markerTag}`,
  ofPayment: `${logsHere} ${kubernetes} payment`,
  markersAndKubernetes: `${logsHere} (${markerTag} OR ${kubernetes})`,
} as const;

const incidentTag = 'tag:"incident:payment-failure"';

/** Search for the monitors of the shop. */
export const monitorsHere = `${incidentTag} tag:${here.cluster} tag:${here.namespace}`;

/** The same on the page of monitors, which knows no variables. */
export function monitorsOf({ cluster, namespace }: Where): string {
  return `${incidentTag} tag:"${cluster}" tag:"${namespace}"`;
}
