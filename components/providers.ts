import { Provider as DatadogProvider } from "@pulumi/datadog/provider.js";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import type * as pulumi from "@pulumi/pulumi";

/** One cluster, named in full so that no ambient context can ever take its place. */
export interface ClusterAccess {
  /** Path of the kubeconfig file; relative to the project's folder, or absolute. */
  readonly kubeconfig: string;

  /** Context in that file. */
  readonly context: string;

  /** Stable name of the cluster: only another name makes Pulumi recreate what is in it. */
  readonly clusterName: string;
}

/**
 * The provider of all Kubernetes resources.
 *
 * @param opts - `dependsOn` names what must be there before any of them
 */
export function kubernetesProvider(
  name: string,
  access: ClusterAccess,
  opts?: pulumi.CustomResourceOptions,
): KubernetesProvider {
  const args = {
    kubeconfig: access.kubeconfig,
    context: access.context,
    clusterIdentifier: access.clusterName,
    enableServerSideApply: true,
    // What somebody changed with kubectl belongs to kubectl, and what the lease restored to its guard:
    // without this the next change of it fails, and an incident could be entered only once.
    enablePatchForce: true,
  };
  return new KubernetesProvider(name, args, { ...opts, transformations: [strict] });
}

/**
 * Makes the plugin refuse a missing kubeconfig or context instead of guessing. The plugin takes the
 * argument, but the SDK's class has no field for it.
 */
function strict({ props, opts }: pulumi.ResourceTransformationArgs) {
  return { props: { ...props, strictMode: "true" }, opts };
}

/** An account of Datadog, or the server that stands in for it. */
export interface DatadogAccess {
  readonly apiUrl: string;
  readonly apiKey: pulumi.Input<string>;
  readonly appKey: pulumi.Input<string>;
}

/**
 * The provider of all Datadog resources; it checks the API key before anything is created.
 *
 * @param opts - `dependsOn` names what must be there before any of them
 */
export function datadogProvider(
  name: string,
  access: DatadogAccess,
  opts?: pulumi.CustomResourceOptions,
): DatadogProvider {
  const { apiUrl, apiKey, appKey } = access;
  return new DatadogProvider(name, { apiUrl, apiKey, appKey, validate: "true" }, opts);
}
