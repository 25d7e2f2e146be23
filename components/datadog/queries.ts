import { datadogService, type ServiceName } from "../shop/catalogue.ts";
import { loadJobName } from "../incident/load/manifests.ts";

/** Where the watched shop runs, as Datadog's tags name it. */
export interface Scope {
  readonly clusterName: string;
  readonly namespace: string;
}

/** Filters that narrow a query to one shop: a monitor's tags or a dashboard's variables. */
export interface Where {
  /** Such as `kube_cluster_name:kind-1` or `$cluster`. */
  readonly cluster: string;

  /** Such as `kube_namespace:sock-shop` or `$namespace`. */
  readonly namespace: string;
}

/** The filters of a monitor. */
export function whereOf({ clusterName, namespace }: Scope): Where {
  return { cluster: `kube_cluster_name:${clusterName}`, namespace: `kube_namespace:${namespace}` };
}

type Comparator = "<" | ">" | ">=";

/** How a monitor reduces its window, and what it compares the result with. */
export interface Comparison {
  readonly reduce: "max" | "min" | "sum";

  /** Window in minutes. */
  readonly minutes: number;
  readonly comparator: Comparator;
  readonly threshold: number;
}

/** A metric monitor's query. With `<`, `max` means: every point was below, `min`: any point was. */
export function metricQuery(expression: string, comparison: Comparison): string {
  const { reduce, minutes, comparator, threshold } = comparison;
  return `${reduce}(last_${minutes}m):${expression} ${comparator} ${threshold}`;
}

/** Available pods of a Deployment. */
export function replicasAvailable(deployment: ServiceName, where: Where): string {
  return deploymentMetric("replicas_available", deployment, where);
}

/** Desired pods of a Deployment: 0 tells a scaling by somebody from pods that do not start. */
export function replicasDesired(deployment: ServiceName, where: Where): string {
  return deploymentMetric("replicas_desired", deployment, where);
}

function deploymentMetric(name: string, deployment: ServiceName, where: Where): string {
  const tags = placeTags(where, `kube_deployment:${deployment}`);
  return `max:kubernetes_state.deployment.${name}{${tags}}`;
}

/** Ready addresses behind a Service. Newer agents send no series at all for an empty Service. */
export function readyAddresses(service: ServiceName, where: Where): string {
  const tags = placeTags(where, `kube_endpoint:${service}`);
  return `sum:kubernetes_state.endpoint.address_available{${tags}}`;
}

/** Running pods of the load Job. There is no metric for an active Job. */
export function loadPods(where: Where): string {
  const tags = placeTags(where, "pod_phase:running", `kube_job:${loadJobName}*`);
  return `sum:kubernetes_state.pod.status_phase{${tags}}`;
}

/**
 * A metric that is 0 where it has no points. For graphs alone: a monitor that uses it never misses
 * data, so Datadog ignores what it says of missing data
 * (https://docs.datadoghq.com/monitors/configuration).
 */
export function zeroWhereMissing(metric: string): string {
  return `default_zero(${metric})`;
}

/** Answers of the front-end to attempts to order: the one line that every image set writes. */
export type OrderAnswer = "placed" | "declined" | "failed";

const answerStatus = { placed: "201", declined: "406", failed: "5*" } as const;

/** Attempts to order that ended in one way, counted. */
export function orderAnswers(answer: OrderAnswer, where: Where): string {
  const tags = placeTags(where, `http_status:${answerStatus[answer]}`);
  return `sum:sockshop.orders.responses{${tags}}.as_count()`;
}

/** Percentage of failed attempts. A declined card is an answer, not a failure, and is left out. */
export function failurePercentage(where: Where): string {
  const [failed, placed] = [orderAnswers("failed", where), orderAnswers("placed", where)];
  return `100 * ${failed} / (${failed} + ${placed})`;
}

/** Attempts that the failure percentage is made of. */
export function judgedOrders(where: Where): string {
  return `${orderAnswers("failed", where)} + ${orderAnswers("placed", where)}`;
}

/** Authorisations that payment granted or declined, counted. */
export function authorisations(result: "granted" | "declined", where: Where): string {
  const tags = placeTags(where, `result:${String(result === "granted")}`);
  return `sum:sockshop.payment.authorise{${tags}}.as_count()`;
}

/** Percentage of authorisations that payment declined. */
export function declinedPercentage(where: Where): string {
  const [declined, granted] = [authorisations("declined", where), authorisations("granted", where)];
  return `100 * ${declined} / (${declined} + ${granted})`;
}

/** Authorised payments whose order was never confirmed: money taken for nothing. */
export function lostOrders(where: Where): string {
  return `${authorisations("granted", where)} - ${orderAnswers("placed", where)}`;
}

/** Log lines of a service, or those of one true status, counted whether they are indexed or not. */
export function logLines(service: ServiceName, where: Where, status?: "error"): string {
  const ofStatus = status === undefined ? [] : [`status:${status}`];
  const tags = placeTags(where, `service:${datadogService(service)}`, ...ofStatus);
  return `sum:sockshop.logs.lines{${tags}}.as_count()`;
}

/** Lines of Spring Boot services that match no rule, counted. */
export function unparsedLines(where: Where): string {
  return `sum:sockshop.logs.unparsed{${placeTags(where)}}.as_count()`;
}

const anyFailure = ["outcome:*", "!outcome:placed", "!outcome:declined"];

/** Orders that failed in one way or in any, counted: one line of each order carries its outcome. */
export function failures(where: Where, failure?: OrderFailure): string {
  const outcome = failure === undefined ? anyFailure : [`outcome:${failure}`];
  return `sum:sockshop.orders.events{${placeTags(where, ...outcome)}}.as_count()`;
}

/** Orders that failed, counted by how. */
export function failuresByOutcome(where: Where): string {
  return `sum:sockshop.orders.events{${placeTags(where, ...anyFailure)}} by {outcome}.as_count()`;
}

/** Orders that were saved as failed; a declined card sets the same status, and is no failure. */
export function ordersSavedAsFailed(where: Where): string {
  const tags = placeTags(where, "evt_name:order.payment_failed");
  return `sum:sockshop.orders.events{${tags}}.as_count()`;
}

/** Status changes of orders, counted by the change. */
export function statusChanges(where: Where): string {
  return `sum:sockshop.orders.events{${placeTags(where, "evt_name:order*")}} by {evt_name}.as_count()`;
}

/** Mean total of the orders that the front-end answered. */
export function meanTotal(where: Where): string {
  return `avg:sockshop.orders.amount{${placeTags(where)}}`;
}

/** 95th percentile of how long the go-kit services take for a call, in ns, by service. */
export function callDurations(where: Where): string {
  return `p95:sockshop.gokit.duration{${placeTags(where)}} by {service}`;
}

/**
 * Sum and number of the durations of requests to the Java services, in s, by service: their
 * quotient is the mean. The Agent's check sends them so.
 */
export function requestDurations(part: "sum" | "count", where: Where): string {
  return `sum:sockshop.java.request.duration.${part}{${placeTags(where)}} by {service}.as_count()`;
}

/** Requests to the front-end's API, counted by route; those that it answered with 5xx, or all. */
export function frontEndRequests(which: "all" | "failed", where: Where): string {
  const tags = placeTags(where, ...(which === "failed" ? ["http_status:5*"] : []));
  return `sum:sockshop.frontend.requests{${tags}} by {http_route}.as_count()`;
}

/** 95th percentile of how long the front-end takes, in ns, by those routes that log it. */
export function frontEndDurations(where: Where): string {
  return `p95:sockshop.frontend.duration{${placeTags(where)}} by {http_route}`;
}

/** Shipments on their way through the queue, counted: put in, not put in, and taken out. */
export function shipments(way: "queued" | "lost" | "taken", where: Where): string {
  const service = datadogService(way === "taken" ? "queue-master" : "shipping");
  const status = way === "lost" ? "error" : "info";
  const tags = placeTags(where, `service:${service}`, `status:${status}`);
  return `sum:sockshop.shipments{${tags}}.as_count()`;
}

/** How often the containers of a service were restarted, ever. */
export function restarts(service: ServiceName, where: Where): string {
  const tags = placeTags(where, `kube_container_name:${service}`);
  return `sum:kubernetes_state.container.restarts{${tags}}`;
}

/** Containers of a service that wait, by the reason; one that does not wait has no series. */
export function waiting(service: ServiceName, where: Where): string {
  const tags = placeTags(where, `kube_container_name:${service}`);
  return `sum:kubernetes_state.container.status_report.count.waiting{${tags}} by {reason}`;
}

/** Containers of a service that had too little memory when they ended last. */
export function outOfMemory(service: ServiceName, where: Where): string {
  const tags = placeTags(where, `kube_container_name:${service}`, "reason:oomkilled");
  return `sum:kubernetes.containers.last_state.terminated{${tags}}`;
}

/** Search for the log lines of one shop: accounts are shared by clusters, namespaces by name. */
export function logsIn({ cluster, namespace }: Where): string {
  return `${cluster} ${namespace}`;
}

/** Search for the lines that a Spring Boot service printed and no rule reads. */
export const unparsedSearch = "source:spring-boot -@logger.name:* -@error.kind:*";

/** Search for the log lines of one service. */
export function logsOf(service: ServiceName, where: Where): string {
  return `${logsIn(where)} service:${datadogService(service)}`;
}

/** How the log pipeline names the end of an order that failed, on every image set. */
export type OrderFailure = "refused" | "timeout" | "failed";

/** Search for the lines of orders about orders that failed in these ways. */
export function failedOrders(where: Where, ...failures: readonly OrderFailure[]): string {
  const values = failures.length === 1 ? failures.join() : `(${failures.join(" OR ")})`;
  return `${logsOf("orders", where)} @order.outcome:${values}`;
}

function placeTags({ cluster, namespace }: Where, ...tags: readonly string[]): string {
  return [cluster, namespace, ...tags].join(",");
}
