import { isWorkload, podTemplateOf } from "../kubernetes.ts";
import { textAt } from "../values.ts";
import { checkEach, resourceRule, stringList } from "../rule.ts";

export const standardLabels = resourceRule({
  name: "standard-labels",
  description: "Every workload and its pods carry Kubernetes' labels and Datadog's service tags",
  why: "Monitors, dashboards and log searches find a service by these labels only.",
  fix: "add the labels to metadata.labels of the workload and of its pod template",
  level: "mandatory",
  settings: {
    labels: stringList(
      "Labels that must be there.",
      "app.kubernetes.io/name",
      "app.kubernetes.io/part-of",
      "app.kubernetes.io/managed-by",
      "tags.datadoghq.com/env",
      "tags.datadoghq.com/service",
      "tags.datadoghq.com/version",
    ),
  },
  evaluate(resource, { labels }) {
    if (!isWorkload(resource)) return [];
    const bearers = [
      ["the workload", resource.inputs],
      ["its pods", podTemplateOf(resource)],
    ] as const;
    return checkEach(bearers, ([bearer, object]) => {
      const missing = labels.filter(
        (label) => textAt(object, "metadata", "labels", label) === undefined,
      );
      return missing.length === 0 ? [] : [`${bearer} lack ${missing.join(", ")}`];
    });
  },
});
