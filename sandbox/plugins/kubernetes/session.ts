import { connect } from "./api-server.ts";
import { clusterAt, type Cluster } from "./cluster.ts";
import type { ApiKind } from "./kube-object.ts";
import { loadConnection } from "./kubeconfig.ts";
import type { Environment, ProviderSettings } from "./provider-settings.ts";

/** What the handlers of resource calls work with, once the provider is configured. */
export interface Session {
  readonly settings: ProviderSettings;
  readonly cluster: Cluster;

  /** For namespaced objects that name none. */
  readonly defaultNamespace: string;
}

/** Reads the kubeconfig; connects to nothing yet, so that an unused provider costs nothing. */
export async function openSession(settings: ProviderSettings, env: Environment): Promise<Session> {
  const connection = await loadConnection(settings, env);
  return {
    settings,
    cluster: clusterAt(connect(connection)),
    defaultNamespace: settings.namespace ?? connection.namespace ?? "default",
  };
}

/**
 * Whether objects of the kind live in a namespace. A kind that the cluster does not have yet is
 * taken for namespaced, as in the official plugin.
 */
export async function isNamespaced(session: Session, kind: ApiKind): Promise<boolean> {
  const resource = await session.cluster.discovery.resourceOf(kind);
  return resource?.namespaced ?? true;
}
