import type {
  Informer,
  KubernetesListObject,
  KubernetesObject,
  ObjectCache,
} from "@kubernetes/client-node";
import { CoreV1Api, DiscoveryV1Api, makeInformer } from "@kubernetes/client-node";
import type { KubeConfig, V1EndpointSlice, V1Pod, V1Service } from "@kubernetes/client-node";
import type { ClusterObjects } from "./cluster-view.ts";

export interface InformersArgs {
  readonly kubeConfig: KubeConfig;
  /** Called with all objects after each change; simultaneous changes make one call. */
  readonly onView: (view: ClusterObjects) => void;
  /** Called when the API server is lost, once until the next object arrives. */
  readonly onLost: (reason: string) => void;
}

/** Pause before an informer that lost the API server lists again, in milliseconds. */
const RECONNECT_MS = 300;

/** Follows pods, Services and endpoints of all namespaces until the returned function is called. */
export async function startInformers(args: InformersArgs): Promise<() => Promise<void>> {
  const { kubeConfig } = args;
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const discovery = kubeConfig.makeApiClient(DiscoveryV1Api);
  const informers = {
    pods: informer<V1Pod>(kubeConfig, "/api/v1/pods", () => core.listPodForAllNamespaces()),
    services: informer<V1Service>(kubeConfig, "/api/v1/services", () =>
      core.listServiceForAllNamespaces(),
    ),
    slices: informer<V1EndpointSlice>(kubeConfig, "/apis/discovery.k8s.io/v1/endpointslices", () =>
      discovery.listEndpointSliceForAllNamespaces(),
    ),
  };

  let lost = false;
  const onError = (reason: string): void => {
    if (!lost) args.onLost(reason);
    lost = true;
  };
  let announced = false;
  const announce = (): void => {
    lost = false;
    if (announced) return;
    announced = true;
    setImmediate(() => {
      announced = false;
      args.onView({
        pods: informers.pods.list(),
        services: informers.services.list(),
        slices: informers.slices.list(),
      });
    });
  };
  const stops = await Promise.all([
    runInformer(informers.pods, announce, onError),
    runInformer(informers.services, announce, onError),
    runInformer(informers.slices, announce, onError),
  ]);
  announce();
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

type CachedInformer<T extends KubernetesObject> = Informer<T> & ObjectCache<T>;

export function informer<T extends KubernetesObject>(
  kubeConfig: KubeConfig,
  path: string,
  list: () => Promise<KubernetesListObject<T>>,
): CachedInformer<T> {
  return makeInformer<T>(kubeConfig, path, list);
}

/** Client-node's informer ends at the first error: this restarts it until it is stopped. */
export async function runInformer<T extends KubernetesObject>(
  one: CachedInformer<T>,
  announce: () => void,
  onError: (reason: string) => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  one.on("change", announce);
  one.on("error", (error: unknown) => {
    if (stopped) return;
    onError(error instanceof Error ? error.message : String(error));
    timer = setTimeout(() => void one.start(), RECONNECT_MS);
  });
  await one.start();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await one.stop();
  };
}
