import { helmOf } from "../kubernetes.ts";
import { at, textAt } from "../values.ts";
import { resourceRule, stringList } from "../rule.ts";

const keys = [
  ["datadog.apiKey", "datadog.apiKeyExistingSecret"],
  ["datadog.appKey", undefined],
  // The chart makes a random token at each render, which restarts the agent with every toggle.
  ["clusterAgent.token", "clusterAgent.tokenExistingSecret"],
] as const;

export const datadogKeysBySecret = resourceRule({
  name: "datadog-keys-by-secret",
  description: "The agent gets its keys and its token only from existing Secrets",
  why: "Helm stores values in the clear, and a token that the chart generates restarts the agent.",
  fix: "set datadog.apiKeyExistingSecret and clusterAgent.tokenExistingSecret; remove the keys",
  level: "mandatory",
  settings: { charts: stringList("Names of the agent's chart.", "datadog") },
  evaluate(resource, { charts }) {
    const helm = helmOf(resource);
    if (helm === undefined || !charts.includes(nameOf(helm.chart))) return [];
    const value = (path: string) => at(helm.values, ...path.split("."));
    return keys.flatMap(([key, secret]) => [
      ...(value(key) === undefined ? [] : [`value ${key} is given`]),
      ...(secret === undefined || textAt(value(secret)) !== undefined
        ? []
        : [`value ${secret} names no Secret`]),
    ]);
  },
});

/** A chart can be named by its archive or its image, too: `datadog-3.1.0.tgz`, `datadog:3.1.0`. */
function nameOf(chart: string): string {
  return chart.replace(/[:@?#].*$/, "").replace(/-v?\d[^/]*\.tgz$/, "");
}
