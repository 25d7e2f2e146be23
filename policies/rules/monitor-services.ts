import { isMonitor, tagsOf } from "../datadog.ts";
import { isWorkload, labelOf } from "../kubernetes.ts";
import { attempt, type Located, stackRule, words } from "../rule.ts";

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
  judge(stack, { others }) {
    const services = new Set([
      ...others,
      ...stack.resources
        .filter(isWorkload)
        .map((workload) => labelOf(workload, "tags.datadoghq.com/service")),
    ]);
    return stack.resources.filter(isMonitor).flatMap((resource) =>
      attempt<readonly Located[]>(
        () =>
          tagsOf(resource, "service")
            .filter((service) => !services.has(service))
            .map((service) => ({ resource, problem: `nothing runs service ${service}` })),
        (problem) => [{ resource, problem }],
      ),
    );
  },
});
