import { DashboardJson } from "@pulumi/datadog/dashboardJson.js";
import * as pulumi from "@pulumi/pulumi";
import type { DatadogEndpoints } from "../datadog/site.ts";
import type { Scope } from "../datadog/queries.ts";
import { burnRates, paymentTarget } from "../monitors/slos.ts";
import type { Board, Frame } from "./layout.ts";
import { incidentTimeline } from "./incident-timeline.ts";
import { orderReconciliation } from "./order-reconciliation.ts";

/** What the dashboards show first, where their links lead, and whose monitors. */
export interface DashboardsArgs extends Scope {
  /** Browser address of the Datadog account, with a slash at the end. */
  readonly datadog: Pick<DatadogEndpoints, "app">;

  /** The shop's own pages. */
  readonly frontEndUrl: string;

  /** Published runbook; absent when there is none. */
  readonly runbookUrl?: string | undefined;

  /** Percentage of orders that should succeed. */
  readonly orderSuccessTarget: number;

  /** Ids of monitors and objectives, by their keys. */
  readonly idOf: (key: string) => pulumi.Output<string>;
}

/** The two dashboards of the incident. */
export class Dashboards extends pulumi.ComponentResource {
  /** Browser address of each dashboard, by its name. */
  readonly urls: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: DashboardsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:dashboards:Dashboards", name, {}, opts);
    const { clusterName, namespace, datadog, idOf } = args;
    const frame: Frame = {
      preset: { cluster: clusterName, namespace },
      links: { app: datadog.app, shop: args.frontEndUrl, runbook: args.runbookUrl },
    };

    const ids = pulumi.output({
      cause: idOf("payment-no-replicas"),
      rootCause: idOf("payment-down"),
      orders: idOf("order-success"),
      payment: idOf("payment-availability"),
    });
    const { fast, slow, availability } = burnRates;
    const boards: Readonly<Record<string, pulumi.Input<Board>>> = {
      "incident-timeline": ids.apply((known) =>
        incidentTimeline(frame, {
          orders: { id: known.orders, target: args.orderSuccessTarget, rates: [fast, slow] },
          payment: { id: known.payment, target: paymentTarget, rates: [availability] },
          monitors: known,
        }),
      ),
      "order-reconciliation": orderReconciliation(frame),
    };
    this.urls = Object.fromEntries(
      Object.entries(boards).map(([key, board]) => {
        const dashboard = pulumi.jsonStringify(board);
        const { url } = new DashboardJson(key, { dashboard }, { parent: this });
        // The API answers with a path that begins with a slash.
        return [key, pulumi.interpolate`${datadog.app}${url.apply((path) => path.slice(1))}`];
      }),
    );

    this.registerOutputs({ urls: this.urls });
  }
}
