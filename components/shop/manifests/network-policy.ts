import type { NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { ServiceName } from "../catalogue.ts";
import { podSelector } from "./labels.ts";
import type { Workload } from "./workload.ts";

/** Label of pods that play customers: the policies let them reach the front-end and no more. */
export const customerLabel = { "sock-shop/role": "customer" } as const;

const dnsEgress = {
  to: [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};

/** Closes the namespace in both directions, except for asking DNS. */
export function defaultDenyPolicy(namespace: string) {
  return {
    metadata: { name: "default-deny", namespace },
    spec: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      egress: [dnsEgress],
    },
  } satisfies NetworkPolicyArgs;
}

/** Lets load generators reach the front-end. It stands in every state, so that none changes it. */
export function customerPolicy(frontEnd: Workload) {
  return {
    metadata: { name: "customers", namespace: frontEnd.namespace },
    spec: {
      podSelector: { matchLabels: customerLabel },
      policyTypes: ["Egress"],
      egress: [{ to: [pods(frontEnd.spec.name)], ports: [containerPort(frontEnd)] }],
    },
  } satisfies NetworkPolicyArgs;
}

/**
 * Lets nodes tell a caller that a Service has no pods. The rejection is an ICMP packet of a node, and
 * some policy engines judge it like any other packet; a rule with ports covers TCP, UDP and SCTP alone.
 *
 * @param nodeCidrs - addresses that nodes answer from
 * @see test/e2e/network-policies.spec.ts, which asks such an engine
 */
export function nodeRepliesPolicy(
  namespace: string,
  all: readonly Workload[],
  nodeCidrs: readonly string[],
) {
  const callers = all.filter(({ spec }) => spec.calls.length > 0).map(({ spec }) => spec.name);
  return {
    metadata: { name: "node-replies", namespace },
    spec: {
      podSelector: { matchExpressions: [{ key: "name", operator: "In", values: callers }] },
      policyTypes: ["Ingress"],
      ingress: [{ from: nodeCidrs.map((cidr) => ({ ipBlock: { cidr } })) }],
    },
  } satisfies NetworkPolicyArgs;
}

/** Opens exactly the connections of the call graph that begin or end at this workload. */
export function workloadPolicy(workload: Workload, all: readonly Workload[]) {
  const { spec, namespace } = workload;
  const callers = all.filter((other) => calls(other, spec.name));
  const callees = all.filter((other) => calls(workload, other.spec.name));
  return {
    metadata: { name: spec.name, namespace },
    spec: {
      podSelector: { matchLabels: podSelector(spec.name) },
      policyTypes: ["Ingress", "Egress"],
      ingress: ingress(workload, callers),
      egress: callees.map((callee) => ({
        to: [pods(callee.spec.name)],
        ports: [containerPort(callee)],
      })),
    },
  } satisfies NetworkPolicyArgs;
}

/** Browsers come through a node's port, so from addresses that no selector names. */
function ingress(workload: Workload, callers: readonly Workload[]) {
  const ports = [containerPort(workload)];
  if (workload.spec.tier === "web") return [{ ports }];
  if (callers.length === 0) return [];
  return [{ from: callers.map(({ spec }) => pods(spec.name)), ports }];
}

function calls(caller: Workload, callee: ServiceName): boolean {
  return caller.spec.calls.includes(callee);
}

function pods(name: ServiceName) {
  return { podSelector: { matchLabels: podSelector(name) } };
}

/** Policies match the pod's own port, after the Service has translated it. */
function containerPort({ container }: Workload) {
  return { protocol: "TCP", port: container.port };
}
