import { kindOf } from "../kubernetes.ts";
import { listAt, textAt } from "../values.ts";
import { resourceRule, stringList } from "../rule.ts";
import { isListed } from "../stack-names.ts";

export const exposedServices = resourceRule({
  name: "exposed-services",
  description: "Services are reachable from outside only in the stacks that allow it",
  why: "The shop has no real login: whoever reaches it can use it and see the incident.",
  fix: "make the Service a ClusterIP, or add the stack to the setting for its type",
  level: "mandatory",
  settings: {
    nodePortStacks: stringList(
      "Stacks where a Service may be a NodePort; a name may end in *.",
      "dev",
      "team-*",
    ),
    loadBalancerStacks: stringList(
      "Stacks where a Service may be a LoadBalancer; a name may end in *.",
    ),
  },
  evaluate(resource, { nodePortStacks, loadBalancerStacks }) {
    if (kindOf(resource) !== "Service") return [];
    const { inputs, stack } = resource;
    const type = textAt(inputs, "spec", "type") ?? "ClusterIP";
    const stacks = { NodePort: nodePortStacks, LoadBalancer: loadBalancerStacks }[type];
    return [
      ...(stacks === undefined || isListed(stack, stacks)
        ? []
        : [`it is a ${type} in stack ${stack}, which does not allow that`]),
      ...(listAt(inputs, "spec", "externalIPs").length === 0 ? [] : ["it has external addresses"]),
    ];
  },
});
