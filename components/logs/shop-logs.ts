import { LogsMetric, type LogsMetricArgs } from "@pulumi/datadog/logsMetric.js";
import * as pulumi from "@pulumi/pulumi";
import { type LogMetric, logMetrics } from "./log-metrics.ts";
import { claimTag } from "./claim/claim.ts";
import { type ShopLogsArgs, shopPipeline } from "./shop-pipeline.ts";
import { SpringBootLogPipeline } from "./spring-boot-log-pipeline.ts";

/** The shop's logs, and the claim of the names that their metrics get. */
export interface ClaimedLogsArgs extends ShopLogsArgs {
  /** Id of the stack's claim of the metrics' names. */
  readonly claim: pulumi.Input<string>;
}

/** The shop's logs in Datadog: one pipeline for all services, and the metrics made of them. */
export class ShopLogs extends pulumi.ComponentResource {
  constructor(name: string, args: ClaimedLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:logs:ShopLogs", name, {}, opts);

    const claim = pulumi.output(args.claim).apply(claimTag);
    const pipeline = new SpringBootLogPipeline(
      name,
      { ...shopPipeline(args), claim },
      { parent: this },
    );

    for (const metric of logMetrics(args.scope)) {
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
