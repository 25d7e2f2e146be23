import { isFaultProxy, stateOf } from "../incident.ts";
import { checkResources, stackRule, stringList } from "../rule.ts";

export const faultProxy = stackRule({
  name: "fault-proxy",
  description: "The fault proxy exists only while an incident state needs it",
  why: "A proxy that is left over still delays or fails orders.",
  fix: "let only the plan of the incident state decide whether the proxy exists",
  level: "mandatory",
  settings: {
    states: stringList(
      "Incident states that need the proxy.",
      "payment-slow",
      "payment-errors",
      "shipping-slow",
    ),
  },
  evaluate(stack, { states }) {
    return checkResources(stack.resources, (resource) => {
      if (!isFaultProxy(resource)) return [];
      const state = stateOf(stack) ?? "not given";
      return states.includes(state) ? [] : [`it exists while the incident state is ${state}`];
    });
  },
});
