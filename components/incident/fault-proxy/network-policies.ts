import type { NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { podSelector } from "../../shop/manifests/labels.ts";
import { proxyPort, type Proxy } from "./manifests.ts";

/**
 * Policies that come and go with the proxy, by their names: who calls the target may call the
 * proxy, and the proxy may call the target. Policies add up, so those of the shop stay as they are.
 */
export function proxyPolicies({ plan, target, callers }: Proxy): Record<string, NetworkPolicyArgs> {
  const { namespace, spec, container } = target;
  const toProxy = [{ protocol: "TCP", port: proxyPort }];
  const toTarget = [{ protocol: "TCP", port: container.port }];
  const policy = (name: string, rules: NetworkPolicyArgs["spec"]) => ({
    metadata: { name, namespace },
    spec: rules,
  });
  const entries = [
    policy(plan.name, {
      podSelector: { matchLabels: podSelector(plan.name) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: callers.map((caller) => pods(caller.spec.name)), ports: toProxy }],
      egress: [{ to: [pods(spec.name)], ports: toTarget }],
    }),
    policy(`${plan.name}-to-${spec.name}`, {
      podSelector: { matchLabels: podSelector(spec.name) },
      policyTypes: ["Ingress"],
      ingress: [{ from: [pods(plan.name)], ports: toTarget }],
    }),
    ...callers.map((caller) =>
      policy(`${caller.spec.name}-to-${plan.name}`, {
        podSelector: { matchLabels: podSelector(caller.spec.name) },
        policyTypes: ["Egress"],
        egress: [{ to: [pods(plan.name)], ports: toProxy }],
      }),
    ),
  ];
  return Object.fromEntries(entries.map((args) => [args.metadata.name, args]));
}

function pods(name: string) {
  return { podSelector: { matchLabels: podSelector(name) } };
}
