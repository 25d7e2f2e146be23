import { WorkflowAutomation } from "@pulumi/datadog/workflowAutomation.js";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../datadog/queries.ts";
import { workflowArgs } from "./workflow-args.ts";

/** Declares an incident from the monitor of the root cause. */
export class IncidentWorkflow extends pulumi.ComponentResource {
  constructor(name: string, args: Scope, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:routing:IncidentWorkflow", name, {}, opts);
    new WorkflowAutomation(name, workflowArgs(args), { parent: this });
    this.registerOutputs();
  }
}
