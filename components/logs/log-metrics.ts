import type { Scope } from "../datadog/queries.ts";
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
  const of = (service: ServiceName) => `${all} service:${datadogService(service)}`;
  const place = {
    kube_cluster_name: "kube_cluster_name",
    kube_namespace: "kube_namespace",
    service: "service",
  };
  return [
    {
      name: "sockshop.orders.events",
      query: `${of("orders")} @evt.name:*`,
      groups: {
        ...place,
        evt_name: "@evt.name",
        outcome: "@order.outcome",
        status: "@order.status",
      },
    },
    {
      name: "sockshop.orders.responses",
      query: `${of("front-end")} @http.method:POST @http.url:/orders`,
      groups: { ...place, http_status: "@http.status_code" },
    },
    {
      name: "sockshop.orders.amount",
      query: `${of("front-end")} @order.amount:*`,
      groups: place,
      distributionOf: "@order.amount",
    },
    {
      name: "sockshop.payment.authorise",
      query: `${of("payment")} @method:Authorise`,
      groups: { ...place, result: "@result" },
    },
    {
      name: "sockshop.logs.lines",
      query: all,
      groups: { ...place, status: "status" },
    },
    {
      name: "sockshop.gokit.duration",
      query: `${all} source:go-kit @duration:* @method:*`,
      groups: { ...place, method: "@method" },
      distributionOf: "@duration",
    },
  ];
}
