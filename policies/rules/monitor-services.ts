import { isMonitor, tagsOf } from "../datadog.ts";
import { isWorkload, labelOf } from "../kubernetes.ts";
import { anyOf, each, eachOf, stackRule, words } from "../rule.ts";

export const monitorServices = stackRule({
  name: "monitor-services",
  demand: "Every monitor watches a service that the stack runs",
  why: "A monitor of a service that was renamed is silent for ever.",
  mend: "make the monitor's tag service the workload's label tags.datadoghq.com/service",
  level: "mandatory",
  settings: {
    others: words(
      "Services that are watched and not run by the stack itself.",
      "datadog-agent",
      "locust",
    ),
  },
  judge({ resources }, { others }) {
    const workloads = resources.filter(isWorkload);
    const runs = (service: string) =>
      others.includes(service) ||
      anyOf(workloads, (it) => labelOf(it, "tags.datadoghq.com/service") === service);
    return eachOf(resources.filter(isMonitor), (monitor) =>
      each(tagsOf(monitor, "service"), (service) =>
        runs(service) ? [] : [`nothing runs service ${service}`],
      ),
    );
  },
});
