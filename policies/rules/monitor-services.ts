import { isMonitor, tagsOf } from "../datadog.ts";
import { isWorkload, labelOf } from "../kubernetes.ts";
import { anyHolds, checkEach, checkResources, stackRule, stringList } from "../rule.ts";

export const monitorServices = stackRule({
  name: "monitor-services",
  description: "Every monitor watches a service that the stack runs",
  why: "A monitor of a service that was renamed is silent for ever.",
  fix: "make the monitor's tag service the workload's label tags.datadoghq.com/service",
  level: "mandatory",
  settings: {
    others: stringList(
      "Services that are watched and not run by the stack itself.",
      "datadog-agent",
      "locust",
    ),
  },
  evaluate({ resources }, { others }) {
    const workloads = resources.filter(isWorkload);
    const runs = (service: string) =>
      others.includes(service) ||
      anyHolds(workloads, (it) => labelOf(it, "tags.datadoghq.com/service") === service);
    return checkResources(resources.filter(isMonitor), (monitor) =>
      checkEach(tagsOf(monitor, "service"), (service) =>
        runs(service) ? [] : [`nothing runs service ${service}`],
      ),
    );
  },
});
