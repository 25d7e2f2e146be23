import type {
  Informer,
  KubernetesListObject,
  KubernetesObject,
  ObjectCache,
} from "@kubernetes/client-node";
import { CoreV1Api, DiscoveryV1Api, makeInformer } from "@kubernetes/client-node";
import type { KubeConfig, V1EndpointSlice, V1Pod, V1Service } from "@kubernetes/client-node";
import type { ClusterView } from "./runtime.ts";

export interface FollowArgs {
  readonly kubeConfig: KubeConfig;
  readonly namespace: string;
  /** Called with the whole view after each change; changes of one moment come as one. */
  readonly onView: (view: ClusterView) => void;
  /** Hears that the API server was lost, once until it is back. */
  readonly onLost: (reason: string) => void;
}

/** Pause before an informer that lost the API server lists again, in milliseconds. */
const RECONNECT_MS = 300;

/** Follows pods, Services and endpoints of the namespace until the returned function is called. */
export async function followCluster(args: FollowArgs): Promise<() => Promise<void>> {
  const { kubeConfig, namespace } = args;
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const discovery = kubeConfig.makeApiClient(DiscoveryV1Api);
  const informers = {
    pods: informer<V1Pod>(kubeConfig, `/api/v1/namespaces/${namespace}/pods`, () =>
      core.listNamespacedPod({ namespace }),
    ),
    services: informer<V1Service>(kubeConfig, `/api/v1/namespaces/${namespace}/services`, () =>
      core.listNamespacedService({ namespace }),
    ),
    slices: informer<V1EndpointSlice>(
      kubeConfig,
      `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
      () => discovery.listNamespacedEndpointSlice({ namespace }),
    ),
  };

  let announced = false;
  const announce = (): void => {
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
  const stops = await Promise.all(
    [informers.pods, informers.services, informers.slices].map((one) =>
      keepFollowing(one, announce, args.onLost),
    ),
  );
  announce();
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

type Follower<T extends KubernetesObject> = Informer<T> & ObjectCache<T>;

function informer<T extends KubernetesObject>(
  kubeConfig: KubeConfig,
  path: string,
  list: () => Promise<KubernetesListObject<T>>,
): Follower<T> {
  return makeInformer<T>(kubeConfig, path, list);
}

/** Client-node's informer ends at the first error: this starts it again until it is stopped. */
async function keepFollowing<T extends KubernetesObject>(
  one: Follower<T>,
  announce: () => void,
  onLost: (reason: string) => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let lost = false;
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    lost = false;
    announce();
  };
  one.on("add", changed);
  one.on("update", changed);
  one.on("delete", changed);
  one.on("error", (error: unknown) => {
    if (stopped) return;
    if (!lost) onLost(error instanceof Error ? error.message : String(error));
    lost = true;
    timer = setTimeout(() => void one.start(), RECONNECT_MS);
  });
  await one.start();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await one.stop();
  };
}
