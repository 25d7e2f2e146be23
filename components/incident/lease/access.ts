import type { NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { RoleArgs } from "@pulumi/kubernetes/rbac/v1/role.js";
import type { RoleBindingArgs } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import { podSelector } from "../../shop/manifests/labels.ts";
import { leaseMeta, type LeaseGuard } from "./manifests.ts";

/** Ports of an API server: of its Service, and of itself as kubeadm and kind place it. */
const apiPorts = [443, 6443];

/**
 * What the guard may do: read its own Deployment, and change what it has to put back, each by its
 * name. The number of pods is a resource of its own, so that not even payment's image is in reach.
 */
export function leaseRoleArgs(guard: LeaseGuard) {
  const { name, replicas, direct } = guard.plan;
  const change = ["get", "patch"];
  const rule = (apiGroup: string, resource: string, names: readonly string[], verbs = change) => ({
    apiGroups: [apiGroup],
    resources: [resource],
    resourceNames: [...names],
    verbs,
  });
  const scaled = Object.keys(replicas);
  return {
    metadata: leaseMeta(guard),
    rules: [
      rule("apps", "deployments", [name], ["get"]),
      // An empty list of names would mean all of them.
      ...(scaled.length > 0 ? [rule("apps", "deployments/scale", scaled)] : []),
      ...(direct.length > 0 ? [rule("", "services", direct)] : []),
    ],
  } satisfies RoleArgs;
}

/** Gives the guard's account its role. */
export function leaseBindingArgs(guard: LeaseGuard) {
  const { name } = guard.plan;
  return {
    metadata: leaseMeta(guard),
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name, namespace: guard.namespace }],
  } satisfies RoleBindingArgs;
}

/**
 * Lets the guard reach the API server, which is no pod that a selector could name. Nobody calls the
 * guard, and DNS is open to all by the default policy.
 */
export function leasePolicyArgs({ plan, namespace }: LeaseGuard) {
  return {
    metadata: { name: plan.name, namespace },
    spec: {
      podSelector: { matchLabels: podSelector(plan.name) },
      policyTypes: ["Ingress", "Egress"],
      egress: [{ ports: apiPorts.map((port) => ({ protocol: "TCP", port })) }],
    },
  } satisfies NetworkPolicyArgs;
}
