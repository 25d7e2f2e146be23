import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedPassword } from "../shop/generated-password.ts";
import { type AgentOptions, chart, helmValues, secretNames } from "./helm-values.ts";

/** What the agent needs. */
export interface DatadogAgentArgs {
  readonly options: AgentOptions;
  readonly secrets: {
    readonly datadogApiKey: pulumi.Input<string>;

    /**
     * What node agents and cluster agent know each other by; 32 letters and digits at least.
     *
     * @default - generated once and kept in the stack's state as a secret
     */
    readonly clusterAgentToken?: pulumi.Input<string> | undefined;
  };
}

/** Seconds for images to arrive and pods to become ready. */
const installTime = 600;

/** Datadog's agent on every node, by its official chart, in a namespace of its own. */
export class DatadogAgent extends pulumi.ComponentResource {
  constructor(name: string, args: DatadogAgentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:agent:DatadogAgent", name, {}, opts);
    const { options, secrets } = args;
    const { agentNamespace: namespace } = options;

    // The agent reads the host's logs and network, which stricter levels forbid.
    const labels = {
      "app.kubernetes.io/managed-by": "pulumi",
      "pod-security.kubernetes.io/enforce": "privileged",
    };
    const home = new Namespace(name, { metadata: { name: namespace, labels } }, { parent: this });
    const inside = { parent: this, dependsOn: [home] };
    const secret = (what: keyof typeof secretNames, value: pulumi.Input<string>) => {
      const { name: secretName, key } = secretNames[what];
      const metadata = { name: secretName, namespace };
      return new Secret(secretName, { metadata, stringData: { [key]: value } }, inside);
    };

    const token =
      secrets.clusterAgentToken ??
      new GeneratedPassword("cluster-agent-token", { parent: this }).value;
    const requires = [secret("apiKey", secrets.datadogApiKey), secret("clusterAgentToken", token)];

    new Release(
      name,
      {
        name: "datadog-agent",
        namespace,
        chart: chart.name,
        version: chart.version,
        repositoryOpts: { repo: chart.repository },
        values: helmValues(options),
        // A half-installed chart blocks the next attempt: take it back instead.
        atomic: true,
        cleanupOnFail: true,
        timeout: installTime,
      },
      { parent: this, dependsOn: requires, customTimeouts: { create: "15m", update: "15m" } },
    );

    this.registerOutputs();
  }
}
