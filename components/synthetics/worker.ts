import type { DeploymentArgs } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { SecretArgs } from "@pulumi/kubernetes/core/v1/secret.js";
import type { NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type * as pulumi from "@pulumi/pulumi";
import { podLabels, podSelector } from "../shop/manifests/labels.ts";
import { customerLabel } from "../shop/manifests/network-policy.ts";
import { restrictedContainer, restrictedPod } from "../shop/manifests/security.ts";

/** The worker of a private location, and where it runs. */
export interface SyntheticsWorker {
  readonly namespace: string;

  /** Value of Datadog's `env` tag. */
  readonly env: string;
  readonly image: string;
}

export const workerName = "synthetics-worker";

// As the chart synthetics-private-location mounts it, and where it probes.
const configFolder = "/etc/datadog";
const configFile = "synthetics-check-runner.json";
const statusPort = 8080;

/** Any user will do: the chart's own example has this one. */
const user = 1000;

/** What the worker is configured with: it holds the location's keys. */
export function workerSecretArgs(
  worker: SyntheticsWorker,
  config: pulumi.Input<string>,
): SecretArgs {
  return { metadata: workerMeta(worker), stringData: { [configFile]: config } };
}

/** Nobody calls the worker; it calls Datadog, and as a customer the front-end. */
export function workerPolicyArgs({ namespace }: SyntheticsWorker) {
  return {
    metadata: { name: workerName, namespace },
    spec: {
      podSelector: { matchLabels: podSelector(workerName) },
      policyTypes: ["Ingress", "Egress"],
      egress: [{ ports: [{ protocol: "TCP", port: 443 }] }],
    },
  } satisfies NetworkPolicyArgs;
}

/** The worker's pod. */
export function workerArgs(worker: SyntheticsWorker) {
  const metadata = workerMeta(worker);
  return {
    metadata,
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      selector: { matchLabels: podSelector(workerName) },
      // Two workers of one location would share its tests; the old one may end before.
      strategy: { type: "Recreate" },
      template: {
        metadata: { labels: { ...metadata.labels, ...customerLabel } },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 30,
          securityContext: restrictedPod(user),
          containers: [container(worker)],
          volumes: [
            { name: "config", secret: { secretName: workerName } },
            { name: "tmp", emptyDir: {} },
          ],
        },
      },
    },
  } satisfies DeploymentArgs;
}

function container({ image }: SyntheticsWorker) {
  const probe = (path: string) => ({ httpGet: { path, port: statusPort }, timeoutSeconds: 5 });
  return {
    name: workerName,
    image,
    imagePullPolicy: "IfNotPresent",
    args: ["--enableStatusProbes", `--statusProbesPort=${statusPort}`],
    env: [{ name: "HOME", value: "/tmp" }],
    ports: [{ name: "status", containerPort: statusPort }],
    resources: {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
    readinessProbe: { ...probe("/readiness"), periodSeconds: 10, failureThreshold: 6 },
    livenessProbe: {
      ...probe("/liveness"),
      initialDelaySeconds: 30,
      periodSeconds: 60,
      failureThreshold: 3,
    },
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: "config", mountPath: configFolder, readOnly: true },
      { name: "tmp", mountPath: "/tmp" },
    ],
  };
}

function workerMeta({ namespace, env, image }: SyntheticsWorker) {
  const labels = podLabels({ name: workerName, component: "synthetics", image, env });
  return { name: workerName, namespace, labels };
}
