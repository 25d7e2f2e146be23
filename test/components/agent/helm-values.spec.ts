import { expect } from "chai";
import { chart, helmValues } from "../../../components/agent/helm-values.ts";
import { normalised } from "../../support/golden/golden.ts";
import { ofType } from "../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";

/** Keys of chart 3.240.0 that a value may be put under; everything below the last three is free. */
const chartKeys = [
  "datadog.site",
  "datadog.clusterName",
  "datadog.apiKeyExistingSecret",
  "datadog.tags",
  "datadog.kubelet.tlsVerify",
  "datadog.logs.enabled",
  "datadog.logs.containerCollectAll",
  "datadog.logs.autoMultiLineDetection",
  "datadog.containerExcludeLogs",
  "datadog.apm.portEnabled",
  "datadog.apm.socketEnabled",
  "datadog.collectEvents",
  "datadog.kubeStateMetricsCore.enabled",
  "datadog.orchestratorExplorer.enabled",
  "datadog.containerImageCollection.enabled",
  "datadog.containerLifecycle.enabled",
  "datadog.discovery.enabled",
  "datadog.operator.enabled",
  "clusterAgent.replicas",
  "clusterAgent.tokenExistingSecret",
  "clusterAgent.admissionController.enabled",
  "clusterAgent.resources",
  "agents.useHostNetwork",
  "agents.tolerations",
  "agents.containers.agent.env",
  "agents.containers.agent.resources",
];

/** Keys that the runbook's values files have and the chart does not: Helm ignores them. */
const ignoredKeys = [
  "datadog.logs.useHTTP",
  "datadog.logs.config",
  "datadog.logs.containerExclude",
  "datadog.admissionController",
  "systemProbe",
  "agents.containers.traceAgent.enabled",
  "agents.containers.processAgent.resources",
];

const options = {
  datadogSite: "us5.datadoghq.com",
  clusterName: "sockshop-kind",
  env: "demo",
  agentNamespace: "datadog",
};

/** Dotted paths of all values; lists and resources are values as they are. */
function pathsOf(value: unknown, path = ""): string[] {
  const whole = chartKeys.includes(path) || Array.isArray(value) || typeof value !== "object";
  if (whole || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    pathsOf(inner, path === "" ? key : `${path}.${key}`),
  );
}

const helm = { "sock-shop:agent": "helm" };

describe("the agent's values", () => {
  it("have only keys that the chart has", () => {
    expect(pathsOf(helmValues(options)).sort()).to.deep.equal([...chartKeys].sort());
  });

  it("have none of the keys that the chart ignores", () => {
    const paths = pathsOf(helmValues(options));

    expect(paths.filter((path) => ignoredKeys.some((key) => path.startsWith(key)))).to.deep.equal(
      [],
    );
  });

  it("name site, cluster and environment", () => {
    const { datadog } = helmValues(options);

    expect(datadog).to.include({ site: "us5.datadoghq.com", clusterName: "sockshop-kind" });
    expect(datadog.tags).to.deep.equal(["env:demo"]);
  });

  it("leave out the logs of the system and of the agent itself", () => {
    expect(helmValues({ ...options, agentNamespace: "dd" }).datadog.containerExcludeLogs).to.equal(
      "kube_namespace:^kube-system$ kube_namespace:^kube-public$ " +
        "kube_namespace:^kube-node-lease$ kube_namespace:^local-path-storage$ kube_namespace:^dd$",
    );
  });

  it("name hosts by node and cluster, as an account may hold several clusters", () => {
    const { env } = helmValues(options).agents.containers.agent;

    expect(env.slice(0, 2)).to.deep.equal([
      { name: "NODE_NAME_OF_HOST", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
      { name: "DD_HOSTNAME", value: "$(NODE_NAME_OF_HOST)-sockshop-kind" },
    ]);
  });

  it("put the cluster's name on the logs of a new node, which Datadog knows later", () => {
    expect(helmValues(options).agents.containers.agent.env).to.deep.include({
      name: "DD_LOGS_CONFIG_EXPECTED_TAGS_DURATION",
      value: "10m",
    });
  });

  it("force HTTPS for logs by the agent's own variable", () => {
    expect(helmValues(options).agents.containers.agent.env).to.deep.include({
      name: "DD_LOGS_CONFIG_FORCE_USE_HTTP",
      value: "true",
    });
  });
});

describe("the agent", () => {
  it("is not there with agent none, which is the default", async () => {
    const { resources } = await stackGraph();

    expect(ofType(resources, "kubernetes:helm.sh/v3:Release").size).to.equal(0);
    expect(ofType(resources, "sockshop:agent:DatadogAgent").size).to.equal(0);
  });

  it("is the pinned chart, taken back when it fails", async () => {
    const { resources } = await stackGraph(helm);

    const release = ofType(resources, "kubernetes:helm.sh/v3:Release").get("datadog-agent");
    expect(release?.inputs).to.deep.include({
      chart: "datadog",
      version: chart.version,
      repositoryOpts: { repo: "https://helm.datadoghq.com" },
      namespace: "datadog",
      atomic: true,
      timeout: 600,
    });
    expect(chart.version).to.match(/^\d+\.\d+\.\d+$/);
  });

  it("has the account's key and its own token in Secrets and secret inputs only", async () => {
    const keys = ["sock-shop:datadogApiKey", "sock-shop:clusterAgentToken"] as const;
    const config = { ...helm, [keys[0]]: "a".repeat(32), [keys[1]]: "b".repeat(32) };
    const { resources } = await stackGraph(config, keys);

    const holders = resources
      .filter(({ inputs }) => /a{32}|b{32}/.test(JSON.stringify(inputs)))
      .map(({ type, name }) => `${type} ${name}`);
    // Both commands get the account's key by an environment that is secret in state.
    expect(holders.sort()).to.deep.equal([
      "command:local:Command incident-marker",
      "command:local:Command log-names",
      "kubernetes:core/v1:Secret datadog-api-key",
      "kubernetes:core/v1:Secret datadog-cluster-agent",
      "pulumi:providers:datadog datadog",
    ]);
    const secrets = normalised(resources.filter(({ name }) => name.startsWith("datadog-")));
    expect(JSON.stringify(secrets)).not.to.match(/a{32}|b{32}/);
    expect(ofType(resources, "command:local:Command").has("cluster-agent-token")).to.equal(false);
  });

  it("is the same in every state of the incident, so that nothing of it restarts", async () => {
    const agentOf = async (state: string) => {
      const { resources } = await stackGraph({ ...helm, "sock-shop:incident": state });
      return normalised(
        resources.filter(
          ({ type, inputs }) =>
            /Release|DatadogAgent/.test(type) || JSON.stringify(inputs).includes('"datadog-'),
        ),
      );
    };

    expect(await agentOf("payment-down")).to.deep.equal(await agentOf("none"));
  });
});
