import { join } from "node:path";
import { stringify } from "yaml";
import type { SandboxPaths } from "../host/paths.ts";
import type { Command } from "../host/run-command.ts";

/** Name of the cluster; kwokctl calls its kubeconfig context `kwok-<name>`. */
const clusterName = "sock-shop";
export const clusterContext = `kwok-${clusterName}`;

/** Absolute paths of the programs a cluster is made of. */
export interface ClusterBinaries {
  readonly kwokctl: string;
  readonly kwok: string;
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubeControllerManager: string;
  readonly kubeScheduler: string;
  readonly kubectl: string;
}

/** Where kwokctl keeps the cluster. */
export function clusterDir({ kwokDir }: Pick<SandboxPaths, "kwokDir">): string {
  return join(kwokDir, "clusters", clusterName);
}

/** kwokctl's own config file; every call names it, so that no file of the user's home applies. */
export function configFile({ kwokDir }: Pick<SandboxPaths, "kwokDir">): string {
  return join(kwokDir, "kwokctl.yaml");
}

const controllerArgs = [
  // there is one of each: an election only delays the first reconciliation
  { key: "leader-elect", value: "false" },
  // 20 requests a second by default, which spare an API server that others wait for as well; with
  // them the deletion of a whole stack takes eight seconds longer
  { key: "kube-api-qps", value: "500" },
  { key: "kube-api-burst", value: "1000" },
];

/**
 * Text of the config file: what kwokctl has no flag for. Without `bindAddress` every component
 * would listen on all interfaces, and without `kubectlBinary` one would be downloaded.
 */
export function configText(
  binaries: Pick<ClusterBinaries, "kubectl">,
  ports: Readonly<Record<string, number>>,
): string {
  return stringify({
    apiVersion: "config.kwok.x-k8s.io/v1alpha1",
    kind: "KwokctlConfiguration",
    options: { bindAddress: "127.0.0.1", kubectlBinary: binaries.kubectl, ...ports },
    componentsPatches: [
      { name: "kube-controller-manager", extraArgs: controllerArgs },
      { name: "kube-scheduler", extraArgs: controllerArgs },
      {
        name: "kube-apiserver",
        // a machine without any network has only the loopback address, which may be advertised only
        // when no endpoint of the `kubernetes` Service is kept
        extraArgs: [
          { key: "advertise-address", value: "127.0.0.1" },
          { key: "endpoint-reconciler-type", value: "none" },
        ],
      },
    ],
  });
}

/** Creates and starts the control plane. */
export function createCommand(
  binaries: ClusterBinaries,
  paths: Pick<SandboxPaths, "kwokDir" | "kubeconfig">,
): Command {
  return [
    ...kwokctl(binaries, paths),
    "create",
    "cluster",
    "--runtime=binary",
    "--secure-port",
    "--kube-authorization",
    "--kube-admission",
    // sandbox/shop tells kwok by these where each pod's log lies
    "--enable-crds=Logs",
    `--etcd-binary=${binaries.etcd}`,
    `--kube-apiserver-binary=${binaries.kubeApiserver}`,
    `--kube-controller-manager-binary=${binaries.kubeControllerManager}`,
    `--kube-scheduler-binary=${binaries.kubeScheduler}`,
    `--kwok-controller-binary=${binaries.kwok}`,
    `--kubeconfig=${paths.kubeconfig}`,
  ];
}

/** Starts the components of a cluster that exists. */
export function startCommand(
  binaries: ClusterBinaries,
  paths: Pick<SandboxPaths, "kwokDir">,
): Command {
  return [...kwokctl(binaries, paths), "start", "cluster"];
}

/** Makes the number of kwok's nodes `count`. */
export function scaleNodesCommand(
  binaries: ClusterBinaries,
  paths: Pick<SandboxPaths, "kwokDir">,
  count: number,
): Command {
  return [...kwokctl(binaries, paths), "scale", "node", `--replicas=${count}`];
}

/** A kubectl call that can only reach the sandbox's cluster. */
export function kubectlCommand(
  binaries: Pick<ClusterBinaries, "kubectl">,
  paths: Pick<SandboxPaths, "kubeconfig">,
  ...args: readonly string[]
): Command {
  return [
    binaries.kubectl,
    `--kubeconfig=${paths.kubeconfig}`,
    `--context=${clusterContext}`,
    ...args,
  ];
}

/** Environment of a kwokctl call; nothing else of the user's `KWOK_*` variables gets through. */
export function kwokctlEnv(
  paths: Pick<SandboxPaths, "kwokDir">,
  path: string,
): Record<string, string> {
  return { PATH: path, HOME: paths.kwokDir, KWOK_WORKDIR: paths.kwokDir };
}

function kwokctl(
  binaries: Pick<ClusterBinaries, "kwokctl">,
  paths: Pick<SandboxPaths, "kwokDir">,
): Command {
  return [binaries.kwokctl, `--name=${clusterName}`, `--config=${configFile(paths)}`];
}
