import type { JobArgs } from "@pulumi/kubernetes/batch/v1/job.js";
import type { ConfigMapArgs } from "@pulumi/kubernetes/core/v1/configMap.js";
import type { ServiceArgs } from "@pulumi/kubernetes/core/v1/service.js";
import type { NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
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

  /** Text of the file that makes its customers the load of several workers. */
  readonly distributed: string;
}

/** What a pod of the load does: all of it, or its part of a load on several workers. */
type Part = "whole" | "master" | "worker";

/** Names that the runbook uses; monitors and the responders' commands rely on them. */
export const loadJobName = "locust-payment-failure";
const configMapName = "locustfile-payment-failure";

const workersJobName = `${loadJobName}-workers`;

/** Port that locust's master listens on for its workers. */
const masterPort = 5557;

const folder = "/mnt/locust";
/** User of the image. */
export const locustUser = 1000;

// Pulling the image and registering the customers comes before the run, the summary after it.
const graceSeconds = 300;
// Leaves the master time to say so within its deadline.
const connectSeconds = 240;

/** Whether the load needs locust's master and workers. */
export function isDistributed({ load }: Pick<LoadRun, "load">): boolean {
  return load.workers > 1;
}

/** The locustfile as a ConfigMap. */
export function locustfileArgs(run: LoadRun) {
  return {
    metadata: metadataOf(run, configMapName),
    data: filesOf(run),
  } satisfies ConfigMapArgs;
}

/** The Job whose end and last line are the load's: the whole of it, or its master. */
export function loadJobArgs(run: LoadRun) {
  return jobArgs(run, isDistributed(run) ? "master" : "whole");
}

/** The workers of a load: they end when the master tells them to, or by their deadline. */
export function workersJobArgs(run: LoadRun) {
  const { metadata, spec } = jobArgs(run, "worker");
  const { workers } = run.load;
  return {
    metadata,
    spec: { parallelism: workers, completions: workers, ...spec },
  } satisfies JobArgs;
}

/** Where the workers find their master. */
export function masterServiceArgs(run: LoadRun) {
  return {
    metadata: {
      ...metadataOf(run, loadJobName),
      // It has no endpoints before the master runs, which is created after it.
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      type: "ClusterIP",
      selector: { app: loadJobName },
      ports: [{ name: "locust", port: masterPort, targetPort: masterPort }],
    },
  } satisfies ServiceArgs;
}

/** Lets the workers reach their master, and nobody else. */
export function masterPolicyArgs(run: LoadRun) {
  const ports = [{ protocol: "TCP", port: masterPort }];
  const to = (app: string) => [{ podSelector: { matchLabels: { app } } }];
  const policy = (name: string, spec: NetworkPolicyArgs["spec"]) =>
    ({ metadata: metadataOf(run, name), spec }) satisfies NetworkPolicyArgs;
  return [
    policy(loadJobName, {
      podSelector: { matchLabels: { app: loadJobName } },
      policyTypes: ["Ingress"],
      ingress: [{ from: to(workersJobName), ports }],
    }),
    policy(workersJobName, {
      podSelector: { matchLabels: { app: workersJobName } },
      policyTypes: ["Egress"],
      egress: [{ to: to(loadJobName), ports }],
    }),
  ] as const;
}

/**
 * The load as a Job that runs once. It has no TTL: a Job that removes itself would be created, and
 * the load run, again by the next refresh.
 */
function jobArgs(run: LoadRun, part: Part) {
  const { load, env, image } = run;
  const name = part === "worker" ? workersJobName : loadJobName;
  const customers = part === "master" ? {} : customerLabel;
  return {
    metadata: {
      ...metadataOf(run, name),
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
          labels: { ...labels(env, image, name), ...customers },
          annotations: annotationsOf(run, part),
        },
        spec: podSpec(run, part),
      },
    },
  };
}

/** What must make another Job, beside its own pod: content, as a Job never reads its file again. */
function annotationsOf(run: LoadRun, part: Part): Record<string, string> {
  const locustfile = { "sock-shop/locustfile": digest(Object.values(filesOf(run)).join("\n")) };
  if (part !== "worker") return locustfile;
  // A master that is replaced waits for new workers: its old ones have ended with it.
  return { ...locustfile, "sock-shop/master": digest(argsOf(run, "master").join("\n")) };
}

function filesOf(run: LoadRun): Record<string, string> {
  const { locustfile, distributed } = run;
  const whole = { "locustfile.py": locustfile };
  return isDistributed(run) ? { ...whole, "distributed.py": distributed } : whole;
}

function podSpec(run: LoadRun, part: Part) {
  return {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(locustUser),
    containers: [container(run, part)],
    volumes: [
      { name: "locustfile", configMap: { name: configMapName } },
      { name: "tmp", emptyDir: {} },
    ],
  };
}

function container(run: LoadRun, part: Part) {
  return {
    name: "locust",
    image: run.image,
    imagePullPolicy: "IfNotPresent",
    args: argsOf(run, part),
    env: variablesOf(run),
    ...(part === "master" && { ports: [{ name: "locust", containerPort: masterPort }] }),
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

/** The master says how many customers there are, and for how long; the workers are told. */
function argsOf({ load, namespace }: LoadRun, part: Part): string[] {
  const file = part === "whole" ? "locustfile.py" : "distributed.py";
  const host = `--host=http://front-end.${namespace}.svc.cluster.local`;
  const common = ["--headless", "--only-summary", `--locustfile=${folder}/${file}`, host];
  if (part === "worker") {
    const master = `${loadJobName}.${namespace}.svc.cluster.local`;
    const at = [`--master-host=${master}`, `--master-port=${masterPort}`];
    return [...common, "--worker", ...at, "--stop-timeout=15"];
  }
  const expected = `--expect-workers=${load.workers}`;
  const wait = `--expect-workers-max-wait=${connectSeconds}`;
  return [
    ...common,
    ...(part === "master" ? ["--master", expected, wait] : []),
    `--users=${load.users}`,
    `--spawn-rate=${load.rate}`,
    `--run-time=${load.runTime}`,
    "--stop-timeout=15",
  ];
}

function variablesOf({ load }: LoadRun) {
  return [
    { name: "EXPECTED_OUTCOMES", value: load.expected.join(",") },
    ...(load.lateAfter === undefined
      ? []
      : [{ name: "LATE_AFTER_SECONDS", value: `${load.lateAfter}` }]),
    ...(load.seed === undefined ? [] : [{ name: "SEED", value: `${load.seed}` }]),
    ...(load.arrivals === "open" ? [{ name: "ARRIVALS", value: "open" }] : []),
    ...(isDistributed({ load }) ? [{ name: "WORKERS", value: `${load.workers}` }] : []),
    { name: "HOME", value: "/tmp" },
    { name: "PYTHONDONTWRITEBYTECODE", value: "1" },
    { name: "PYTHONUNBUFFERED", value: "1" },
  ];
}

function metadataOf({ namespace, env, image }: LoadRun, name: string) {
  const app = name === configMapName ? loadJobName : name;
  return { name, namespace, labels: labels(env, image, app) };
}

function labels(env: string, image: string, app: string): Record<string, string> {
  return {
    app,
    "app.kubernetes.io/name": app,
    "app.kubernetes.io/component": "load",
    "app.kubernetes.io/part-of": "sock-shop",
    "app.kubernetes.io/managed-by": "pulumi",
    "tags.datadoghq.com/env": env,
    "tags.datadoghq.com/service": "locust",
    "tags.datadoghq.com/version": imageVersion(image),
  };
}
