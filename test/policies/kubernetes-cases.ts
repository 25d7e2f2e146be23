import { GONE, resource, type RuleCase } from "../support/policies/rule-case.ts";

const on = "Deployment payment";
const pod = ["spec", "template", "spec"] as const;
const container = [...pod, "containers", 0] as const;
const security = [...container, "securityContext"] as const;
const load = "Job locust-payment-failure";
const guard = "Deployment payment-down-lease";
const lease = ["metadata", "annotations", "sock-shop/lease"] as const;

const role = resource("kubernetes:rbac.authorization.k8s.io/v1:Role", "guard", {
  metadata: { name: "guard", namespace: "sock-shop" },
  rules: [{ apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["get", "patch"] }],
});
const binding = resource("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "guard", {
  metadata: { name: "guard", namespace: "sock-shop" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "guard" },
});
const agent = resource("kubernetes:helm.sh/v3:Release", "datadog", {
  chart: "datadog",
  values: {
    datadog: { apiKeyExistingSecret: "datadog-keys", site: "us5.datadoghq.com" },
    clusterAgent: { tokenExistingSecret: "cluster-agent-token" },
  },
});

/** Rules on what runs in the cluster. */
export const kubernetesCases: readonly RuleCase[] = [
  {
    rule: "pinned-images",
    violating: { on, path: [...container, "image"], to: "weaveworksdemos/payment:latest" },
    missing: { on, path: [...container, "image"] },
    unknown: { on, path: [...container, "image"] },
  },
  {
    rule: "resource-limits",
    violating: { on, path: [...container, "resources"], to: { limits: { cpu: "1" } } },
    missing: { on, path: [...container, "resources", "limits", "memory"] },
    unknown: { on, path: [...container, "resources"] },
  },
  {
    rule: "non-root",
    violating: { on, path: [...pod, "securityContext", "runAsUser"], to: 0 },
    missing: { on, path: [...pod, "securityContext", "runAsNonRoot"] },
    unknown: { on, path: [...pod, "securityContext"] },
  },
  {
    rule: "drop-capabilities",
    violating: { on, path: [...security, "capabilities", "add"], to: ["SYS_ADMIN"] },
    missing: { on, path: [...security, "capabilities", "drop"] },
    unknown: { on, path: [...security, "capabilities", "add"] },
  },
  {
    rule: "read-only-root",
    violating: { on, path: [...security, "readOnlyRootFilesystem"], to: false },
    missing: { on, path: [...security, "readOnlyRootFilesystem"] },
    unknown: { on, path: [...security, "readOnlyRootFilesystem"] },
  },
  {
    rule: "no-privilege-escalation",
    violating: { on, path: [...security, "privileged"], to: true },
    missing: { on, path: [...security, "allowPrivilegeEscalation"] },
    unknown: { on, path: [...security, "allowPrivilegeEscalation"] },
  },
  {
    rule: "no-host-access",
    violating: { on, path: [...pod, "volumes"], to: [{ name: "root", hostPath: { path: "/" } }] },
    missing: { on, path: [...pod, "volumes"], passes: true },
    unknown: { on, path: [...pod, "volumes"] },
  },
  {
    rule: "no-default-token",
    violating: { on, path: [...pod, "automountServiceAccountToken"], to: true },
    missing: { on, path: [...pod, "automountServiceAccountToken"] },
    unknown: { on, path: [...pod, "automountServiceAccountToken"] },
  },
  {
    rule: "probes",
    violating: { on, path: [...container, "livenessProbe"], to: GONE },
    missing: { on, path: [...container, "readinessProbe"] },
    unknown: { on, path: [...container, "readinessProbe"] },
  },
  {
    rule: "standard-labels",
    violating: { on, path: ["metadata", "labels", "tags.datadoghq.com/env"], to: "" },
    missing: { on, path: ["spec", "template", "metadata", "labels", "app.kubernetes.io/name"] },
    unknown: { on, path: ["metadata", "labels", "app.kubernetes.io/name"] },
  },
  {
    rule: "no-bare-pods",
    violating: resource("kubernetes:core/v1:Pod", "lonely", {
      metadata: { name: "lonely", namespace: "sock-shop" },
      spec: { automountServiceAccountToken: false, containers: [] },
    }),
  },
  {
    rule: "exposed-services",
    violating: { on: "Service front-end", path: ["spec", "type"], to: "NodePort" },
    missing: { on: "Service front-end", path: ["spec", "type"], passes: true },
    unknown: { on: "Service front-end", path: ["spec", "type"] },
  },
  {
    rule: "namespace-isolation",
    violating: {
      on: "NetworkPolicy default-deny",
      path: ["spec", "podSelector"],
      to: { matchLabels: { name: "payment" } },
    },
    missing: { on: "NetworkPolicy default-deny", path: ["spec", "policyTypes"] },
    unknown: { on: "NetworkPolicy default-deny", path: ["spec", "podSelector"] },
  },
  {
    rule: "no-cluster-admin",
    given: [binding],
    violating: { on: "RoleBinding guard", path: ["roleRef", "name"], to: "cluster-admin" },
    missing: { on: "RoleBinding guard", path: ["roleRef"], passes: true },
    unknown: { on: "RoleBinding guard", path: ["roleRef", "name"] },
  },
  {
    rule: "no-rbac-wildcards",
    given: [role],
    violating: { on: "Role guard", path: ["rules", 0, "verbs"], to: ["*"] },
    missing: { on: "Role guard", path: ["rules"], passes: true },
    unknown: { on: "Role guard", path: ["rules", 0, "resources"] },
  },
  {
    rule: "no-secret-literals",
    violating: { on, path: [...container, "env"], to: [{ name: "DB_PASSWORD", value: "hunter2" }] },
    missing: { on, path: [...container, "env"], passes: true },
    unknown: { on, path: [...container, "env"] },
  },
  {
    rule: "datadog-keys-by-secret",
    given: [agent],
    violating: {
      on: "Release datadog",
      path: ["values", "datadog", "apiKeyExistingSecret"],
      to: 1,
    },
    missing: { on: "Release datadog", path: ["values", "clusterAgent", "tokenExistingSecret"] },
    unknown: { on: "Release datadog", path: ["values", "clusterAgent", "tokenExistingSecret"] },
  },
  {
    rule: "readable-types",
    violating: resource("kubernetes:apps/v1:DeploymentPatch", "payment", {
      metadata: { name: "payment", namespace: "sock-shop" },
      spec: { replicas: 0 },
    }),
    missing: { on: "Deployment orders", path: ["metadata"], passes: true },
  },
  {
    rule: "zero-replicas",
    violating: { on: "Deployment orders", path: ["spec", "replicas"], to: 0 },
    missing: { on, path: ["spec", "replicas"], passes: true },
    unknown: { on: "Deployment orders", path: ["spec", "replicas"] },
  },
  {
    rule: "incident-places",
    state: "payment-down",
    violating: { on: "kubernetes cluster", path: ["context"], to: "kind-other" },
    missing: { on: "kubernetes cluster", path: ["context"] },
    unknown: { on: "kubernetes cluster", path: ["context"] },
  },
  {
    rule: "load-job",
    state: "payment-down",
    violating: { on: load, path: ["spec", "ttlSecondsAfterFinished"], to: 60 },
    missing: { on: load, path: ["spec", "activeDeadlineSeconds"] },
    unknown: { on: load, path: ["spec", "backoffLimit"] },
  },
  {
    rule: "incident-lease",
    state: "payment-down",
    violating: { on: guard, path: [...lease], to: "25h" },
    missing: { on: guard, path: ["metadata", "labels", "app.kubernetes.io/component"] },
    unknown: { on: guard, path: [...lease] },
  },
  {
    rule: "service-complete",
    violating: { on: "Service payment", path: ["metadata", "name"], to: "payments" },
    missing: { on: "NetworkPolicy payment", path: ["metadata", "namespace"] },
    unknown: { on: "Service payment", path: ["metadata", "name"] },
  },
];
