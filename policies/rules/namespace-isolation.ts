import { namespaceOf, objectName, ofKind } from "../kubernetes.ts";
import { at, listAt, membersAt, textAt } from "../values.ts";
import {
  anyElement,
  anyHolds,
  checkEach,
  checkResources,
  type Resource,
  stackRule,
  stringList,
} from "../rule.ts";

const directions = [
  { rules: "ingress", peers: "from", way: "in" },
  { rules: "egress", peers: "to", way: "out" },
] as const;

export const namespaceIsolation = stackRule({
  name: "namespace-isolation",
  description: "Every namespace of the stack denies traffic in both directions by default",
  why: "Without a policy, a pod may connect to everything, the internet included.",
  fix:
    "add a NetworkPolicy with an empty podSelector and policyTypes Ingress and Egress; " +
    "name peers or ports in every rule of the namespace's policies",
  level: "mandatory",
  settings: {
    open: stringList("Namespaces of agents, which connect to every node and pod.", "datadog"),
  },
  evaluate(stack, { open }) {
    const policies = ofKind(stack, "NetworkPolicy");
    return [
      ...checkResources(ofKind(stack, "Namespace"), (resource) => {
        const name = objectName(resource);
        const isClosed = () =>
          anyHolds(policies, (policy) => namespaceOf(policy) === name && closes(policy));
        return open.includes(name) || isClosed()
          ? []
          : [`no network policy closes namespace ${name}`];
      }),
      ...checkResources(policies, (policy) => {
        const spec = at(policy.inputs, "spec");
        return open.includes(namespaceOf(policy))
          ? []
          : checkEach(directions, ({ rules, peers, way }) =>
              anyElement(spec, [rules], (rule) => opens(rule, peers))
                ? [`it lets everything ${way}`]
                : [],
            );
      }),
    ];
  },
});

function closes({ inputs }: Resource): boolean {
  const isFor = (type: string) => anyElement(inputs, ["spec", "policyTypes"], (it) => it === type);
  const selector = at(inputs, "spec", "podSelector");
  const selectsAll =
    membersAt(selector, "matchLabels").length === 0 &&
    listAt(selector, "matchExpressions").length === 0;
  return selectsAll && isFor("Ingress") && isFor("Egress");
}

/** Policies add up: one rule that names neither peers nor ports undoes the policy that closes. */
function opens(rule: unknown, peers: string): boolean {
  if (listAt(rule, "ports").length > 0) return false;
  const isEverywhere = (peer: unknown) =>
    textAt(peer, "ipBlock", "cidr")?.endsWith("/0") === true &&
    listAt(peer, "ipBlock", "except").length === 0;
  return listAt(rule, peers).length === 0 || anyElement(rule, [peers], isEverywhere);
}
