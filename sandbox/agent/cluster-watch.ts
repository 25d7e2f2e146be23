import { AppsV1Api, CoreV1Api, DiscoveryV1Api, type KubeConfig } from "@kubernetes/client-node";
import { informer, runInformer } from "../kube/informers.ts";
import type { ClusterObjects } from "./cluster-metrics.ts";

/** The objects that the agent looks at, as they are at any moment. */
export interface ClusterWatch {
  objects(): ClusterObjects;
  close(): Promise<void>;
}

/** Follows pods, Deployments and endpoints of all namespaces. */
export async function watchCluster(
  kubeConfig: KubeConfig,
  onLost: (reason: string) => void,
): Promise<ClusterWatch> {
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const apps = kubeConfig.makeApiClient(AppsV1Api);
  const discovery = kubeConfig.makeApiClient(DiscoveryV1Api);
  const pods = informer(kubeConfig, "/api/v1/pods", () => core.listPodForAllNamespaces());
  const deployments = informer(kubeConfig, "/apis/apps/v1/deployments", () =>
    apps.listDeploymentForAllNamespaces(),
  );
  const slices = informer(kubeConfig, "/apis/discovery.k8s.io/v1/endpointslices", () =>
    discovery.listEndpointSliceForAllNamespaces(),
  );
  const ignore = (): void => undefined;
  const stops = await Promise.all([
    runInformer(pods, ignore, onLost),
    runInformer(deployments, ignore, onLost),
    runInformer(slices, ignore, onLost),
  ]);
  return {
    objects: () => ({ pods: pods.list(), deployments: deployments.list(), slices: slices.list() }),
    close: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}
