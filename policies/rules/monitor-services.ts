import { hasAlert, tagsOf } from "../datadog.ts";
import { isWorkload, labelOf } from "../kubernetes.ts";
import { anyHolds, checkEach, checkResources, stackRule, stringList } from "../rule.ts";

export const monitorServices = stackRule({
  name: "monitor-services",
  description: "Every monitor watches a service that the stack runs",
  why: "The monitor of a service that was renamed stays silent for ever.",
  fix: "set the monitor's tag service to the workload's label tags.datadoghq.com/service",
  level: "mandatory",
  settings: {
    others: stringList(
      "Services that are monitored but not run by the stack itself.",
      "datadog-agent",
      "locust",
    ),
  },
  evaluate({ resources }, { others }) {
    const workloads = resources.filter(isWorkload);
    const runs = (service: string) =>
      others.includes(service) ||
      anyHolds(workloads, (it) => labelOf(it, "tags.datadoghq.com/service") === service);
    return checkResources(resources.filter(hasAlert), (monitor) =>
      checkEach(tagsOf(monitor, "service"), (service) =>
        runs(service) ? [] : [`nothing runs service ${service}`],
      ),
    );
  },
});
