import { markerTag } from "../incident/marker/mark.ts";
import { logsIn, type Where } from "../datadog/queries.ts";

/** Filters of a board's queries: its own variables. */
export const here: Where = { cluster: "$cluster", namespace: "$namespace" };

const kubernetes = "source:kubernetes";

/** Searches for events, in the syntax of logs. */
export const events = {
  markers: `${logsIn(here)} ${markerTag}`,
  ofPayment: `${logsIn(here)} ${kubernetes} payment`,
  markersAndKubernetes: `${logsIn(here)} (${markerTag} OR ${kubernetes})`,
} as const;

/** Search for the monitors of the board's cluster. */
export const monitorsHere = `tag:"incident:payment-failure" tag:${here.cluster}`;
