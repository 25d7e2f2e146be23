import { kindOf } from "../kubernetes.ts";
import { listAt, textAt } from "../values.ts";
import { resourceRule, stringList } from "../rule.ts";

export const exposedServices = resourceRule({
  name: "exposed-services",
  description: "Services are reachable from outside only in the stacks that allow it",
  why: "The shop has no real login: whoever reaches it can use it and see the incident.",
  fix: "make the Service a ClusterIP, or add the stack to the setting for its type",
  level: "mandatory",
  settings: {
    nodePortStacks: stringList("Stacks where a Service may be a NodePort.", "dev"),
    loadBalancerStacks: stringList("Stacks where a Service may be a LoadBalancer."),
  },
  evaluate(resource, { nodePortStacks, loadBalancerStacks }) {
    if (kindOf(resource) !== "Service") return [];
    const { inputs, stack } = resource;
    const type = textAt(inputs, "spec", "type") ?? "ClusterIP";
    const stacks = { NodePort: nodePortStacks, LoadBalancer: loadBalancerStacks }[type];
    return [
      ...(stacks === undefined || stacks.includes(stack)
        ? []
        : [`it is a ${type} in stack ${stack}, which does not allow that`]),
      ...(listAt(inputs, "spec", "externalIPs").length === 0 ? [] : ["it has external addresses"]),
    ];
  },
});
