import type { DeploymentArgs } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { logAnnotations } from "../../agent/log-rules.ts";
import { checkAnnotations } from "../../agent/metric-checks.ts";
import type { ContainerSpec } from "../images/container-spec.ts";
import { podSelector, workloadLabels } from "./labels.ts";
import { probes } from "./probes.ts";
import { containerSecurityContext, podSecurityContext } from "./security.ts";
import type { Workload } from "./workload.ts";

/** The Deployment of one service. */
export function deploymentArgs(workload: Workload) {
  const { spec, container, namespace, replicas } = workload;
  const labels = workloadLabels(workload);
  return {
    metadata: { name: spec.name, namespace, labels },
    spec: {
      replicas,
      revisionHistoryLimit: 3,
      selector: { matchLabels: podSelector(spec.name) },
      // Two pods with their own data behind one Service would each answer with half of it.
      strategy: { type: spec.keepsData ? "Recreate" : "RollingUpdate" },
      template: {
        metadata: { labels, annotations: annotations(workload) },
        spec: {
          automountServiceAccountToken: false,
          // No service reads the others' addresses from its environment.
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 20,
          securityContext: podSecurityContext(container),
          containers: [containerArgs(workload)],
          ...(container.writable.length > 0 && {
            volumes: container.writable.map((_, i) => ({ name: volumeName(i), emptyDir: {} })),
          }),
        },
      },
    },
  } satisfies DeploymentArgs;
}

/** What the Agent does with the container's lines, and asks of it. */
function annotations({ spec, container }: Workload): Record<string, string> {
  return {
    ...logAnnotations(spec.name, spec.name),
    ...checkAnnotations(spec.name, { name: spec.name, port: container.port }),
  };
}

function containerArgs({ spec, container }: Workload) {
  const variables = environment(spec.name, container);
  const mounts = container.writable.map((mountPath, i) => ({ name: volumeName(i), mountPath }));
  return {
    name: spec.name,
    image: container.image,
    imagePullPolicy: "IfNotPresent",
    ...(container.command && { command: [...container.command] }),
    ...(container.args && { args: [...container.args] }),
    ports: [{ name: spec.portName, containerPort: container.port, protocol: "TCP" }],
    ...(variables.length > 0 && { env: variables }),
    resources: spec.resources,
    ...probes(container, spec.portName),
    securityContext: containerSecurityContext(container),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
  };
}

/** Plain variables, then those of the Secret that is named like the service. */
function environment(secret: string, { env = {}, secretEnv = {} }: ContainerSpec) {
  return [
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ...Object.entries(secretEnv).map(([name, key]) => ({
      name,
      valueFrom: { secretKeyRef: { name: secret, key } },
    })),
  ];
}

function volumeName(index: number): string {
  return `writable-${index}`;
}
