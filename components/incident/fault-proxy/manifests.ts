import type { DeploymentArgs } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { ConfigMapArgs } from "@pulumi/kubernetes/core/v1/configMap.js";
import type { ServiceArgs } from "@pulumi/kubernetes/core/v1/service.js";
import { podLabels, podSelector } from "../../shop/manifests/labels.ts";
import { restrictedContainer, restrictedPod } from "../../shop/manifests/security.ts";
import type { Workload } from "../../shop/manifests/workload.ts";
import { annotations } from "../annotations.ts";
import { digest } from "../config-checksum.ts";
import { envoyYaml, readyPath } from "./envoy-config.ts";
import { ordersTimeout, type Fault, type ProxyPlan } from "../plan.ts";

/** A proxy, the service that it stands in front of, and who calls that. */
export interface Proxy {
  readonly plan: ProxyPlan;

  /** Reference of an Envoy image. */
  readonly image: string;
  readonly target: Workload;
  readonly callers: readonly Workload[];
}

/**
 * Port of the proxy's pods. Services find ports by name, so it need not be the target's: above 1023
 * it needs neither a capability nor a sysctl.
 */
export const proxyPort = 8080;

const readyPort = 8081;
const envoyUser = 101;
const file = "envoy.yaml";
const folder = "/etc/envoy";

/** Seconds in which the cluster stops sending requests to a pod that is about to end. */
const drainSeconds = 5;

/** Name of the Service that leads past the proxy. */
export function directName({ spec }: Workload): string {
  return `${spec.name}-direct`;
}

/** Envoy's configuration as a ConfigMap. */
export function proxyConfigArgs(proxy: Proxy) {
  return {
    metadata: objectMeta(proxy, proxy.plan.name),
    data: { [file]: configText(proxy) },
  } satisfies ConfigMapArgs;
}

/** The Service by which the proxy reaches the real pods while their own Service leads to it. */
export function directServiceArgs(proxy: Proxy) {
  const { spec } = proxy.target;
  const port = { name: spec.portName, port: spec.servicePort, targetPort: spec.portName };
  return {
    metadata: {
      ...objectMeta(proxy, directName(proxy.target)),
      // As for the shop's own Services: the pods behind it are awaited, its endpoints need not be.
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      type: "ClusterIP",
      selector: podSelector(spec.name),
      ports: [{ ...port, protocol: "TCP" }],
    },
  } satisfies ServiceArgs;
}

/** The proxy's pod. */
export function proxyArgs(proxy: Proxy) {
  const { name } = proxy.plan;
  const metadata = objectMeta(proxy, name);
  const fault = { [annotations.fault]: faultText(proxy.plan) };
  return {
    metadata: { ...metadata, annotations: fault },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      selector: { matchLabels: podSelector(name) },
      template: {
        metadata: {
          labels: metadata.labels,
          // Envoy reads its file once: another one must make other pods.
          annotations: { ...fault, [annotations.config]: digest(configText(proxy)) },
        },
        spec: podSpec(proxy),
      },
    },
  } satisfies DeploymentArgs;
}

/** What the proxy does, for people: `8s delay for 50 % of POST /paymentAuth`. */
export function faultText({ fault, percentage, path }: ProxyPlan): string {
  return `${what(fault)} for ${percentage} % of POST ${path}`;
}

function what(fault: Fault): string {
  return "status" in fault ? `status ${fault.status}` : `${fault.delaySeconds}s delay`;
}

function configText({ plan, target }: Proxy): string {
  return envoyYaml({
    ...plan,
    port: proxyPort,
    readyPort,
    upstream: {
      name: target.spec.name,
      address: `${directName(target)}.${target.namespace}.svc.cluster.local`,
      port: target.spec.servicePort,
    },
  });
}

function podSpec(proxy: Proxy) {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // The pause before the end, then as long as orders may still wait for an answer.
    terminationGracePeriodSeconds: drainSeconds + ordersTimeout + 5,
    securityContext: restrictedPod(envoyUser),
    containers: [container(proxy)],
    volumes: [{ name: "config", configMap: { name: proxy.plan.name } }],
  };
}

function container({ image, target }: Proxy) {
  const ready = { httpGet: { path: readyPath, port: "ready" } };
  return {
    name: "envoy",
    image,
    imagePullPolicy: "IfNotPresent",
    // Not the image's entrypoint, which wants to change owners as root.
    command: ["envoy"],
    args: [
      ...["--config-path", `${folder}/${file}`],
      ...["--concurrency", "1"],
      ...["--log-level", "warning"],
      // A call shows in the access log within a second instead of ten.
      ...["--file-flush-interval-msec", "1000"],
    ],
    ports: [
      { name: target.spec.portName, containerPort: proxyPort, protocol: "TCP" },
      { name: "ready", containerPort: readyPort, protocol: "TCP" },
    ],
    resources: {
      requests: { cpu: "50m", memory: "64Mi" },
      limits: { cpu: "500m", memory: "128Mi" },
    },
    startupProbe: { ...ready, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 60 },
    readinessProbe: { ...ready, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: {
      tcpSocket: { port: "ready" },
      periodSeconds: 20,
      timeoutSeconds: 3,
      failureThreshold: 3,
    },
    // Envoy ends at once when told to.
    lifecycle: { preStop: { sleep: { seconds: drainSeconds } } },
    securityContext: restrictedContainer,
    volumeMounts: [{ name: "config", mountPath: folder, readOnly: true }],
  };
}

function objectMeta({ plan, image, target }: Proxy, name: string) {
  const labels = podLabels({ name: plan.name, component: "proxy", image, env: target.env });
  return { name, namespace: target.namespace, labels };
}
