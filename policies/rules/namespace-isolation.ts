import { namespaceOf, objectName, ofKind } from "../kubernetes.ts";
import { listAt, membersAt } from "../read.ts";
import { stackRule, type Resource, words } from "../rule.ts";

export const namespaceIsolation = stackRule({
  name: "namespace-isolation",
  demand: "Every namespace of ours has a network policy that closes it in both directions",
  why: "What no policy mentions may talk to everything, the internet included.",
  mend: "add a NetworkPolicy with an empty podSelector and policyTypes Ingress and Egress",
  level: "mandatory",
  settings: {
    open: words("Namespaces of agents, which reach every node and pod.", "datadog"),
  },
  judge(stack, { open }) {
    const closed = ofKind(stack, "NetworkPolicy").filter(closes).map(namespaceOf);
    return ofKind(stack, "Namespace")
      .filter((namespace) => ![...closed, ...open].includes(objectName(namespace)))
      .map((resource) => ({
        resource,
        problem: `no network policy closes namespace ${objectName(resource)}`,
      }));
  },
});

function closes({ inputs }: Resource): boolean {
  const selector = membersAt(inputs, "spec", "podSelector");
  const types = listAt(inputs, "spec", "policyTypes");
  return selector.length === 0 && types.includes("Ingress") && types.includes("Egress");
}
