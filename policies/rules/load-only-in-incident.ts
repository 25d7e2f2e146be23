import { isLoadJob, stateOf } from "../incident.ts";
import { stackRule } from "../rule.ts";

export const loadOnlyInIncident = stackRule({
  name: "load-only-in-incident",
  demand: "Load runs while an incident is on, and not otherwise",
  why: "Load that is left over after an incident is an incident of its own.",
  mend: "let the plan of the incident state alone decide whether the load Job exists",
  level: "mandatory",
  judge(stack) {
    const jobs = stack.resources.filter(isLoadJob);
    if (jobs.length === 0) return [];
    const state = stateOf(stack) ?? "not given";
    if (state !== "none" && state !== "not given") return [];
    return jobs.map((resource) => ({
      resource,
      problem: `it exists while the incident state is ${state}`,
    }));
  },
});
