import type { ServiceArgs } from "@pulumi/kubernetes/core/v1/service.js";
import { podSelector, workloadLabels } from "./labels.ts";
import type { Workload } from "./workload.ts";

/**
 * The Service of one workload. It is not awaited: each would cost 10 s for its endpoints to settle,
 * and its Deployment, which is awaited, already proves that the pods are ready.
 */
export function serviceArgs(workload: Workload) {
  const { spec, namespace, nodePort, backend } = workload;
  const port = { name: spec.portName, port: spec.servicePort, targetPort: spec.portName };
  return {
    metadata: {
      name: spec.name,
      namespace,
      labels: workloadLabels(workload),
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      type: nodePort === undefined ? "ClusterIP" : "NodePort",
      selector: podSelector(backend),
      ports: [{ ...port, protocol: "TCP", ...(nodePort !== undefined && { nodePort }) }],
    },
  } satisfies ServiceArgs;
}
