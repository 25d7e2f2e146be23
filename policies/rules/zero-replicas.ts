import { isScaledToZero, stateOf } from "../incident.ts";
import { objectName } from "../kubernetes.ts";
import { checkResources, stackRule, stringList } from "../rule.ts";

export const zeroReplicas = stackRule({
  name: "zero-replicas",
  description: "Nothing has 0 replicas, except payment in an incident state that scales it down",
  why: "A service that is off without the flag is an outage that nobody staged or will end.",
  fix: "set replicas to 1 or more; stage an outage with: pulumi config set incident payment-down",
  level: "mandatory",
  settings: {
    services: stringList("Workloads that an incident may scale to 0.", "payment"),
    states: stringList("Incident states that scale them to 0.", "payment-down"),
  },
  evaluate(stack, { services, states }) {
    return checkResources(stack.resources, (resource) => {
      if (!isScaledToZero(resource)) return [];
      if (!services.includes(objectName(resource))) {
        return ["it has 0 replicas, and no incident may switch it off"];
      }
      const state = stateOf(stack) ?? "not given";
      return states.includes(state)
        ? []
        : [`it has 0 replicas, and the incident state is ${state}`];
    });
  },
});
