import type { ServiceName } from "../shop/catalogue.ts";

/** Where the watched shop runs, as Datadog's tags name it. */
export interface Scope {
  readonly clusterName: string;
  readonly namespace: string;
}

/**
 * Alert while a Deployment had fewer available pods than the threshold at every point of the last
 * minute. The count is absolute: desired minus available is 0 when somebody desires 0.
 */
export function availableBelow(deployment: ServiceName, threshold: number, scope: Scope): string {
  const tags = [
    `kube_cluster_name:${scope.clusterName}`,
    `kube_namespace:${scope.namespace}`,
    `kube_deployment:${deployment}`,
  ].join(",");
  return `max(last_1m):max:kubernetes_state.deployment.replicas_available{${tags}} < ${threshold}`;
}

/** Search for the log lines of one service. */
export function logsOf(service: string, { namespace }: Scope): string {
  return `kube_namespace:${namespace} service:${service}`;
}
