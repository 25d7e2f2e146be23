import type { DeploymentArgs } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { ConfigMapArgs } from "@pulumi/kubernetes/core/v1/configMap.js";
import { podLabels, podSelector } from "../../shop/manifests/labels.ts";
import { restrictedContainer, restrictedPod } from "../../shop/manifests/security.ts";
import { annotations } from "../annotations.ts";
import { digest } from "../config-checksum.ts";
import { locustUser } from "../load/manifests.ts";
import type { LeasePlan } from "../plan.ts";

/** A guard and where it runs. */
export interface LeaseGuard {
  readonly plan: LeasePlan;
  readonly namespace: string;

  /** Value of Datadog's `env` tag. */
  readonly env: string;

  /** An image with Python 3.11 or newer: the load's, which the incident uses anyway. */
  readonly image: string;

  /** Text of the guard's program. */
  readonly program: string;
}

const folder = "/mnt/lease";
const scratch = "/tmp";
const accountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The guard's program, and what it may put back. */
export function leaseConfigArgs(guard: LeaseGuard) {
  return {
    metadata: leaseMeta(guard),
    data: { "lease.py": guard.program, "lease.json": configText(guard) },
  } satisfies ConfigMapArgs;
}

/** The guard's pod. */
export function leaseArgs(guard: LeaseGuard) {
  const metadata = leaseMeta(guard);
  return {
    metadata: { ...metadata, annotations: { [annotations.lease]: guard.plan.lasts } },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      selector: { matchLabels: podSelector(guard.plan.name) },
      // Two guards would do no harm, but say everything twice.
      strategy: { type: "Recreate" },
      template: {
        metadata: {
          labels: metadata.labels,
          annotations: { [annotations.config]: digest(guard.program + configText(guard)) },
        },
        spec: podSpec(guard),
      },
    },
  } satisfies DeploymentArgs;
}

export function leaseMeta({ plan, namespace, env, image }: LeaseGuard) {
  const labels = podLabels({ name: plan.name, component: "lease", image, env });
  return { name: plan.name, namespace, labels };
}

function configText({ plan, namespace }: LeaseGuard): string {
  const selectors = plan.direct.map((service) => [service, podSelector(service)]);
  return JSON.stringify({
    namespace,
    name: plan.name,
    replicas: plan.replicas,
    selectors: Object.fromEntries(selectors) as object,
  });
}

function podSpec(guard: LeaseGuard) {
  return {
    serviceAccountName: guard.plan.name,
    // The one pod of the shop that talks to the cluster.
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 5,
    securityContext: restrictedPod(locustUser),
    containers: [container(guard)],
    volumes: [
      { name: "program", configMap: { name: guard.plan.name } },
      { name: "tmp", emptyDir: {} },
    ],
  };
}

function container({ image }: LeaseGuard) {
  const program = ["python3", "-I", "-B", `${folder}/lease.py`];
  const probe = (word: string) => ({ exec: { command: [...program, word] }, timeoutSeconds: 10 });
  return {
    name: "lease",
    image,
    imagePullPolicy: "IfNotPresent",
    command: program,
    env: [
      { name: "LEASE", value: `${folder}/lease.json` },
      { name: "SERVICE_ACCOUNT", value: accountFolder },
      { name: "HEARTBEAT", value: scratch },
    ],
    resources: {
      requests: { cpu: "10m", memory: "48Mi" },
      // a probe is a second Python beside it
      limits: { cpu: "200m", memory: "128Mi" },
    },
    readinessProbe: { ...probe("ready"), periodSeconds: 10, failureThreshold: 3 },
    livenessProbe: { ...probe("alive"), periodSeconds: 60, failureThreshold: 3 },
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: "program", mountPath: folder, readOnly: true },
      { name: "tmp", mountPath: scratch },
    ],
  };
}
