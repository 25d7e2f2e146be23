import { type Scope, unparsedSearch } from "../datadog/queries.ts";
import { datadogService, type ServiceName } from "../shop/catalogue.ts";

/** A metric that Datadog counts from logs, as data. */
export interface LogMetric {
  readonly name: string;

  /** Which logs count. */
  readonly query: string;

  /** Attribute or tag by the name of the metric's tag. Never an id: each value is billed. */
  readonly groups: Readonly<Record<string, string>>;

  /** Attribute whose values are measured; absent where logs are counted. */
  readonly distributionOf?: string;
}

/** The metrics of the shop in one namespace. They see every log that arrives, indexed or not. */
export function logMetrics({ namespace }: Scope): readonly LogMetric[] {
  const all = `kube_namespace:${namespace}`;
  return [
    ...orderMetrics(all),
    ...frontEndMetrics(all),
    ...shipmentMetrics(all),
    {
      name: "sockshop.payment.authorise",
      query: `${linesOf(all, "payment")} @method:Authorise`,
      groups: { ...place, result: "@result" },
    },
    {
      name: "sockshop.logs.lines",
      query: all,
      groups: { ...place, status: "status" },
    },
    {
      name: "sockshop.logs.unparsed",
      query: `${all} ${unparsedSearch}`,
      groups: place,
    },
    {
      name: "sockshop.gokit.duration",
      query: `${all} source:go-kit @duration:* @method:*`,
      groups: { ...place, method: "@method" },
      distributionOf: "@duration",
    },
  ];
}

const place = {
  kube_cluster_name: "kube_cluster_name",
  kube_namespace: "kube_namespace",
  service: "service",
};

function orderMetrics(all: string): readonly LogMetric[] {
  return [
    {
      name: "sockshop.orders.events",
      query: `${linesOf(all, "orders")} @evt.name:*`,
      groups: {
        ...place,
        evt_name: "@evt.name",
        outcome: "@order.outcome",
        status: "@order.status",
      },
    },
    {
      name: "sockshop.orders.responses",
      query: `${linesOf(all, "front-end")} @http.method:POST @http.url:/orders`,
      groups: { ...place, http_status: "@http.status_code" },
    },
    {
      name: "sockshop.orders.amount",
      query: `${linesOf(all, "front-end")} @order.amount:*`,
      groups: place,
      distributionOf: "@order.amount",
    },
  ];
}

function frontEndMetrics(all: string): readonly LogMetric[] {
  const requests = `${linesOf(all, "front-end")} @http.route:*`;
  const byRoute = { ...place, http_route: "@http.route" };
  return [
    {
      name: "sockshop.frontend.requests",
      query: requests,
      groups: { ...byRoute, http_method: "@http.method", http_status: "@http.status_code" },
    },
    {
      // morgan knows no time of answers that the front-end passes on: such lines have none.
      name: "sockshop.frontend.duration",
      query: `${requests} @duration:*`,
      groups: byRoute,
      distributionOf: "@duration",
    },
  ];
}

/** What shipping puts into the queue, or cannot; and what queue-master takes out of it. */
function shipmentMetrics(all: string): readonly LogMetric[] {
  const services = `${datadogService("shipping")} OR ${datadogService("queue-master")}`;
  return [
    {
      name: "sockshop.shipments",
      query: `${all} service:(${services}) @logger.name:System.out`,
      groups: { ...place, status: "status" },
    },
  ];
}

function linesOf(all: string, service: ServiceName): string {
  return `${all} service:${datadogService(service)}`;
}
