import { LogsCustomPipeline } from "@pulumi/datadog/logsCustomPipeline.js";
import * as pulumi from "@pulumi/pulumi";
import { pipelineArgs, type SpringBootLogPipelineArgs } from "./spring-boot-pipeline.ts";

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

    const pipeline = new LogsCustomPipeline(name, pipelineArgs(args), { parent: this });

    this.pipelineId = pipeline.id;
    this.registerOutputs({ pipelineId: this.pipelineId });
  }
}
