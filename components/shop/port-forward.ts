import type { ClusterAccess } from "../providers.ts";

/** The command that forwards the port of this machine in the front-end's address to the front-end. */
export function portForwardCommand(
  cluster: ClusterAccess,
  frontEnd: { readonly namespace: string; readonly frontEndUrl: string },
): string {
  const port = new URL(frontEnd.frontEndUrl).port || "2025";
  return [
    "kubectl",
    `--kubeconfig ${cluster.kubeconfig}`,
    `--context ${cluster.context}`,
    `--namespace ${frontEnd.namespace}`,
    `port-forward service/front-end ${port}:80`,
  ].join(" ");
}
