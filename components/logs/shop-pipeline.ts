import type { Scope } from "../datadog/queries.ts";
import { frontEndPipeline } from "./front-end.ts";
import { mysqlPipeline } from "./mysql.ts";
import { goKitPipeline } from "./go-kit.ts";
import { orderEvents } from "./order-events.ts";
import type { SpringBootLogPipelineArgs } from "./spring-boot-pipeline.ts";

/** Which shop the logs are of. */
export interface ShopLogsArgs {
  readonly scope: Scope;

  /** IANA name of the zone that the pods of Spring Boot services run in. */
  readonly timeZone: string;
}

/** The pipeline of all services of the shop. */
export function shopPipeline({ scope, timeZone }: ShopLogsArgs): SpringBootLogPipelineArgs {
  return {
    title: `Sock Shop (${scope.clusterName})`,
    description: "Spring Boot, go-kit and front-end lines of the Sock Shop. Managed by Pulumi.",
    filter: `kube_namespace:${scope.namespace}`,
    tags: ["managed-by:pulumi", "team:sock-shop"],
    timeZone,
    extraProcessors: orderEvents,
    others: [goKitPipeline, frontEndPipeline, mysqlPipeline],
  };
}
