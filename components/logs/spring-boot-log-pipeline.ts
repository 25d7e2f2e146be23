import { LogsCustomPipeline } from "@pulumi/datadog/logsCustomPipeline.js";
import * as pulumi from "@pulumi/pulumi";
import { pipelineArgs, type SpringBootLogPipelineArgs } from "./spring-boot-pipeline.ts";

/** What the resource gets beside its rules. */
interface DeclaredPipelineArgs extends SpringBootLogPipelineArgs {
  /** One more tag, known once something else is declared. */
  readonly claim?: pulumi.Input<string> | undefined;
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
    { claim, ...args }: DeclaredPipelineArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("sockshop:logs:SpringBootLogPipeline", name, {}, opts);

    const { tags, ...rules } = pipelineArgs(args);
    const allTags = claim === undefined ? tags : [...tags, claim];
    const inputs = { ...rules, tags: allTags };
    const pipeline = new LogsCustomPipeline(name, inputs, { parent: this });

    this.pipelineId = pipeline.id;
    this.registerOutputs({ pipelineId: this.pipelineId });
  }
}
