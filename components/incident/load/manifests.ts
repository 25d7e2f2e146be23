import type { JobArgs } from "@pulumi/kubernetes/batch/v1/job.js";
import type { ConfigMapArgs } from "@pulumi/kubernetes/core/v1/configMap.js";
import { toSeconds } from "../../duration.ts";
import { customerLabel } from "../../shop/manifests/network-policy.ts";
import { imageVersion } from "../../shop/manifests/labels.ts";
import { restrictedContainer, restrictedPod } from "../../shop/manifests/security.ts";
import { digest } from "../config-checksum.ts";
import type { IncidentPlan } from "../plan.ts";

/** The load and where it runs. */
export interface LoadRun {
  readonly load: NonNullable<IncidentPlan["load"]>;
  readonly namespace: string;

  /** Value of Datadog's `env` tag. */
  readonly env: string;
  readonly image: string;

  /** Text of the locustfile. */
  readonly locustfile: string;
}

/** Names that the runbook uses; monitors and the responders' commands rely on them. */
export const loadJobName = "locust-payment-failure";
const configMapName = "locustfile-payment-failure";

const folder = "/mnt/locust";
/** User of the image. */
export const locustUser = 1000;

// Pulling the image and registering the customers comes before the run, the summary after it.
const graceSeconds = 300;

/** The locustfile as a ConfigMap. */
export function locustfileArgs({ namespace, env, image, locustfile }: LoadRun) {
  return {
    metadata: { name: configMapName, namespace, labels: labels(env, image) },
    data: { "locustfile.py": locustfile },
  } satisfies ConfigMapArgs;
}

/**
 * The load as a Job that runs once. It has no TTL: a Job that removes itself would be created, and
 * the load run, again by the next refresh.
 */
export function loadJobArgs(run: LoadRun) {
  const { load, namespace, env, image } = run;
  return {
    metadata: {
      name: loadJobName,
      namespace,
      labels: labels(env, image),
      // Neither `up` nor a refresh must wait for the load to end, and waitFor does not count in a
      // refresh. For Jobs skipAwait skips the wait for deletion, too; deleted in the background, the
      // Job is gone at once, so that its name is free for its successor.
      annotations: {
        "pulumi.com/skipAwait": "true",
        "pulumi.com/deletionPropagationPolicy": "background",
      },
    },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: toSeconds(load.runTime) + graceSeconds,
      template: {
        metadata: {
          labels: { ...labels(env, image), ...customerLabel },
          // A Job never reads its file again: other content must make another Job.
          annotations: { "sock-shop/locustfile": digest(run.locustfile) },
        },
        spec: podSpec(run),
      },
    },
  } satisfies JobArgs;
}

function podSpec(run: LoadRun) {
  return {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(locustUser),
    containers: [container(run)],
    volumes: [
      { name: "locustfile", configMap: { name: configMapName } },
      { name: "tmp", emptyDir: {} },
    ],
  };
}

function container({ load, namespace, image }: LoadRun) {
  return {
    name: "locust",
    image,
    imagePullPolicy: "IfNotPresent",
    args: [
      "--headless",
      "--only-summary",
      `--locustfile=${folder}/locustfile.py`,
      `--host=http://front-end.${namespace}.svc.cluster.local`,
      `--users=${load.users}`,
      `--spawn-rate=${load.rate}`,
      `--run-time=${load.runTime}`,
      "--stop-timeout=15",
    ],
    env: [
      { name: "EXPECTED_OUTCOMES", value: load.expected.join(",") },
      ...(load.lateAfter === undefined
        ? []
        : [{ name: "LATE_AFTER_SECONDS", value: `${load.lateAfter}` }]),
      ...(load.seed === undefined ? [] : [{ name: "SEED", value: `${load.seed}` }]),
      ...(load.arrivals === "open" ? [{ name: "ARRIVALS", value: "open" }] : []),
      { name: "HOME", value: "/tmp" },
      { name: "PYTHONDONTWRITEBYTECODE", value: "1" },
      { name: "PYTHONUNBUFFERED", value: "1" },
    ],
    resources: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: "locustfile", mountPath: folder, readOnly: true },
      { name: "tmp", mountPath: "/tmp" },
    ],
  };
}

function labels(env: string, image: string): Record<string, string> {
  return {
    app: loadJobName,
    "app.kubernetes.io/name": loadJobName,
    "app.kubernetes.io/component": "load",
    "app.kubernetes.io/part-of": "sock-shop",
    "app.kubernetes.io/managed-by": "pulumi",
    "tags.datadoghq.com/env": env,
    "tags.datadoghq.com/service": "locust",
    "tags.datadoghq.com/version": imageVersion(image),
  };
}
