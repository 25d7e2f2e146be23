import { DashboardJson } from "@pulumi/datadog/dashboardJson.js";
import * as pulumi from "@pulumi/pulumi";
import type { DatadogEndpoints } from "../datadog/site.ts";
import type { Scope } from "../datadog/queries.ts";
import type { Board } from "./layout.ts";
import { incidentTimeline } from "./incident-timeline.ts";
import { orderReconciliation } from "./order-reconciliation.ts";

/** What the dashboards show first, and whose monitors. */
export interface DashboardsArgs extends Scope {
  /** Browser address of the Datadog account, with a slash at the end. */
  readonly datadog: Pick<DatadogEndpoints, "app">;

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
    const preset = { cluster: clusterName, namespace };

    const ids = pulumi.output({
      cause: idOf("payment-no-replicas"),
      rootCause: idOf("payment-down"),
      orderSuccess: idOf("order-success"),
      paymentAvailability: idOf("payment-availability"),
    });
    const boards: Readonly<Record<string, pulumi.Input<Board>>> = {
      "incident-timeline": ids.apply((known) => incidentTimeline(preset, known)),
      "order-reconciliation": orderReconciliation(preset),
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
