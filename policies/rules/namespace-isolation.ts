import { namespaceOf, objectName, ofKind } from "../kubernetes.ts";
import { at, listAt, membersAt, numberAt, textAt } from "../values.ts";
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
  const ports = listAt(rule, "ports");
  if (ports.length > 0 && !ports.some(isAnyPort)) return false;
  return listAt(rule, peers).length === 0 || anyElement(rule, [peers], isEverywhere);
}

/** A port without a number, or a range of nearly all, is as good as no list of ports. */
function isAnyPort(port: unknown): boolean {
  const first = at(port, "port");
  if (first === undefined) return true;
  const last = numberAt(port, "endPort");
  return last !== undefined && last - (numberAt(first) ?? 0) > 60_000;
}

/** The internet, or half of it, as two halves are all of it; or all namespaces of the cluster. */
function isEverywhere(peer: unknown): boolean {
  const cidr = textAt(peer, "ipBlock", "cidr");
  if (cidr !== undefined) {
    const isWide = Number(cidr.split("/")[1]) < 8;
    return isWide && listAt(peer, "ipBlock", "except").length === 0;
  }
  const isEmpty = (selector: string) =>
    at(peer, selector) !== undefined && membersAt(peer, selector).length === 0;
  return (
    isEmpty("namespaceSelector") &&
    (at(peer, "podSelector") === undefined || isEmpty("podSelector"))
  );
}
