import { isScaledToZero, stateOf } from "../incident.ts";
import { objectName } from "../kubernetes.ts";
import { eachOf, stackRule, words } from "../rule.ts";

export const zeroReplicas = stackRule({
  name: "zero-replicas",
  demand: "Nothing has 0 replicas but payment, while the incident state says so",
  why: "A service that is off without the flag is an outage that nobody staged and nobody ends.",
  mend: "set replicas to 1 or more; stage an outage with: pulumi config set incident payment-down",
  level: "mandatory",
  settings: {
    services: words("Workloads that an incident may switch off.", "payment"),
    states: words("Incident states that do.", "payment-down"),
  },
  judge(stack, { services, states }) {
    return eachOf(stack.resources, (resource) => {
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
