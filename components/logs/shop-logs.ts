import { LogsMetric, type LogsMetricArgs } from "@pulumi/datadog/logsMetric.js";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../monitors/queries.ts";
import { frontEndPipeline } from "./front-end.ts";
import { goKitPipeline } from "./go-kit.ts";
import { type LogMetric, logMetrics } from "./log-metrics.ts";
import { orderEvents } from "./order-events.ts";
import { SpringBootLogPipeline } from "./spring-boot-log-pipeline.ts";

/** Which shop the logs are of. */
export interface ShopLogsArgs {
  readonly scope: Scope;

  /** IANA name of the zone that the pods of Spring Boot services run in. */
  readonly timeZone: string;
}

/** The shop's logs in Datadog: one pipeline for all services, and the metrics made of them. */
export class ShopLogs extends pulumi.ComponentResource {
  constructor(name: string, args: ShopLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:logs:ShopLogs", name, {}, opts);
    const { scope, timeZone } = args;

    const pipeline = new SpringBootLogPipeline(
      name,
      {
        title: `Sock Shop (${scope.clusterName})`,
        description: "Spring Boot, go-kit and front-end lines of the Sock Shop. Managed by Pulumi.",
        filter: `kube_namespace:${scope.namespace}`,
        tags: ["managed-by:pulumi", "team:sock-shop"],
        timeZone,
        extraProcessors: orderEvents,
        others: [goKitPipeline, frontEndPipeline],
      },
      { parent: this },
    );

    for (const metric of logMetrics(scope)) {
      new LogsMetric(metric.name, metricArgs(metric), { parent: this, dependsOn: [pipeline] });
    }

    this.registerOutputs();
  }
}

function metricArgs({ name, query, groups, distributionOf }: LogMetric): LogsMetricArgs {
  return {
    name,
    compute:
      distributionOf === undefined
        ? { aggregationType: "count" }
        : { aggregationType: "distribution", path: distributionOf, includePercentiles: true },
    filter: { query },
    groupBies: Object.entries(groups).map(([tagName, path]) => ({ path, tagName })),
  };
}
