import { LogsCustomPipeline } from "@pulumi/datadog/logsCustomPipeline.js";
import * as pulumi from "@pulumi/pulumi";
import { type NestedPipeline, nestedPipeline } from "./processors.ts";
import { type SpringBootLogs, springBootPipeline } from "./spring-boot-pipeline.ts";

/** What a pipeline takes, and what it does beyond Spring Boot's lines. */
export interface SpringBootLogPipelineArgs extends SpringBootLogs {
  /** Name and description in Datadog's list of pipelines. */
  readonly title: string;
  readonly description: string;

  /** Search that a log must match, such as `kube_namespace:shop`; no full-text search. */
  readonly filter: string;
  readonly tags?: readonly string[] | undefined;

  /** Pipelines for the other services that the filter takes. */
  readonly others?: readonly NestedPipeline[] | undefined;
}

/**
 * Makes events of Spring Boot's console lines: time, status, logger, thread, trace and error. It is
 * appended to the account's pipelines and leaves their order alone, which is everybody's.
 */
export class SpringBootLogPipeline extends pulumi.ComponentResource {
  /** Id that Datadog gave the pipeline. */
  readonly pipelineId: pulumi.Output<string>;

  constructor(
    name: string,
    args: SpringBootLogPipelineArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("sockshop:logs:SpringBootLogPipeline", name, {}, opts);
    const nested = [springBootPipeline(args), ...(args.others ?? [])];

    const pipeline = new LogsCustomPipeline(
      name,
      {
        name: args.title,
        isEnabled: true,
        description: args.description,
        tags: [...(args.tags ?? [])],
        filters: [{ query: args.filter }],
        processors: nested.map((one) => nestedPipeline(one)),
      },
      { parent: this },
    );

    this.pipelineId = pipeline.id;
    this.registerOutputs({ pipelineId: this.pipelineId });
  }
}
