import { isFaultProxy, stateOf } from "../incident.ts";
import { stackRule, words } from "../rule.ts";

export const faultProxy = stackRule({
  name: "fault-proxy",
  demand: "The fault proxy exists only while an incident state needs it",
  why: "A proxy that is left over still stands in the way of orders.",
  mend: "let the plan of the incident state alone decide whether the proxy exists",
  level: "mandatory",
  settings: {
    states: words(
      "Incident states that need it.",
      "payment-slow",
      "payment-errors",
      "shipping-slow",
    ),
  },
  judge(stack, { states }) {
    const proxies = stack.resources.filter(isFaultProxy);
    if (proxies.length === 0) return [];
    const state = stateOf(stack) ?? "not given";
    if (states.includes(state)) return [];
    return proxies.map((resource) => ({
      resource,
      problem: `it exists while the incident state is ${state}`,
    }));
  },
});
