// Only keys that the chart has: Helm ignores all others without a word. The list is checked by
// test/components/agent/helm-values.spec.ts.

/** The chart, pinned: another version has other keys and other defaults. */
export const chart = {
  name: "datadog",
  repository: "https://helm.datadoghq.com",
  version: "3.240.0",
} as const;

/** Secrets in the agent's namespace, and the keys that the chart looks for in them. */
export const secretNames = {
  apiKey: { name: "datadog-api-key", key: "api-key" },
  clusterAgentToken: { name: "datadog-cluster-agent", key: "token" },
} as const;

/** How metrics and logs leave the cluster: by the chart, or by something that is not ours. */
export const agentModes = ["helm", "none"] as const;

/** What decides the agent's values. */
export interface AgentOptions {
  readonly datadogSite: string;
  readonly clusterName: string;
  readonly env: string;
  readonly agentNamespace: string;
}

/** Namespaces whose containers print nothing about the shop. */
const quietNamespaces = ["kube-system", "kube-public", "kube-node-lease", "local-path-storage"];

const nodeAgent = {
  requests: { cpu: "200m", memory: "256Mi" },
  limits: { cpu: "500m", memory: "512Mi" },
} as const;

/** Values of the chart. No key of the account is among them: the chart reads it from a Secret. */
export function helmValues(options: AgentOptions) {
  const { datadogSite, clusterName, env, agentNamespace } = options;
  return {
    datadog: {
      site: datadogSite,
      clusterName,
      apiKeyExistingSecret: secretNames.apiKey.name,
      tags: [`env:${env}`],
      // The certificate of kind's kubelet is signed by nobody that the agent knows.
      kubelet: { tlsVerify: false },
      logs: { enabled: true, containerCollectAll: true, autoMultiLineDetection: false },
      containerExcludeLogs: [...quietNamespaces, agentNamespace]
        // Regular expressions: without anchors "datadog" would silence "datadog-workshop", too.
        .map((name) => `kube_namespace:^${name}$`)
        .join(" "),
      // Without these two the trace agent runs, although nothing here is traced.
      apm: { portEnabled: false, socketEnabled: false },
      collectEvents: true,
      kubeStateMetricsCore: { enabled: true },
      orchestratorExplorer: { enabled: false },
      containerImageCollection: { enabled: false },
      containerLifecycle: { enabled: false },
      // It wants a kernel of its own, which kind's nodes share with the machine.
      discovery: { enabled: false },
      operator: { enabled: false },
    },
    clusterAgent: {
      replicas: 1,
      tokenExistingSecret: secretNames.clusterAgentToken.name,
      admissionController: { enabled: false },
      resources: nodeAgent,
    },
    agents: {
      useHostNetwork: true,
      tolerations: ["control-plane", "master"].map((role) => ({
        key: `node-role.kubernetes.io/${role}`,
        operator: "Exists",
        effect: "NoSchedule",
      })),
      containers: { agent: { env: agentEnvironment(clusterName), resources: nodeAgent } },
    },
  };
}

const agentEnvironment = (clusterName: string) => [
  // On kind the agent finds no host name by itself. It is the agent's own form: nodes of two clusters
  // in one account may have the same name.
  { name: "NODE_NAME_OF_HOST", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
  { name: "DD_HOSTNAME", value: `$(NODE_NAME_OF_HOST)-${clusterName}` },
  // The agent tries HTTPS once, and falls back to TCP for good, which not every site has.
  { name: "DD_LOGS_CONFIG_FORCE_USE_HTTP", value: "true" },
  // The name of the cluster is a tag of the host, which Datadog puts on logs once it knows the host;
  // until then the agent does. Without it the log monitors miss the first minutes of a new node.
  { name: "DD_LOGS_CONFIG_EXPECTED_TAGS_DURATION", value: "10m" },
];
