import type { CallContext } from "../grpc/provider.ts";
import { connect } from "./api/api-server.ts";
import { clusterAt, type Cluster } from "./api/cluster.ts";
import type { ApiKind } from "./objects/kube-object.ts";
import { loadConnection } from "./api/kubeconfig.ts";
import type { Environment, ProviderSettings } from "./provider-settings.ts";

/** What the handlers of resource calls work with, once the provider is configured. */
export interface ProviderConnection {
  readonly settings: ProviderSettings;
  readonly cluster: Cluster;

  /** For namespaced objects that name none. */
  readonly defaultNamespace: string;

  /** Warns the user, but only the first time. */
  warnOnce(context: CallContext, message: string): Promise<void>;
}

/** Reads the kubeconfig; connects to nothing yet, so that an unused provider costs nothing. */
export async function openProviderConnection(
  settings: ProviderSettings,
  env: Environment,
): Promise<ProviderConnection> {
  const warned = new Set<string>();
  const connection = await loadConnection(settings, env);
  return {
    settings,
    cluster: clusterAt(connect(connection)),
    defaultNamespace: settings.namespace ?? connection.namespace ?? "default",
    async warnOnce(context, message) {
      if (warned.has(message)) return;
      warned.add(message);
      await context.log({ severity: "warning", message });
    },
  };
}

/**
 * Whether objects of the kind live in a namespace. A kind that the cluster does not have yet is
 * taken for namespaced, as in the official plugin.
 */
export async function isNamespaced(provider: ProviderConnection, kind: ApiKind): Promise<boolean> {
  const resource = await provider.cluster.discovery.resourceOf(kind);
  return resource?.namespaced ?? true;
}

// Kubernetes' own kinds outside of any namespace, for when the cluster cannot be asked.
const CLUSTER_SCOPED = new Set([
  ..."APIService ClusterRole ClusterRoleBinding CSIDriver CustomResourceDefinition".split(" "),
  ..."IngressClass MutatingWebhookConfiguration Namespace Node PersistentVolume".split(" "),
  ..."PriorityClass RuntimeClass StorageClass ValidatingAdmissionPolicy".split(" "),
  ..."ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration VolumeAttachment".split(" "),
]);

/** Whether objects of the kind live in a namespace, as far as the name of the kind tells. */
export function isProbablyNamespaced({ kind }: ApiKind): boolean {
  return !CLUSTER_SCOPED.has(kind);
}
