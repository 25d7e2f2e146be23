import { DowntimeSchedule } from "@pulumi/datadog/downtimeSchedule.js";
import * as pulumi from "@pulumi/pulumi";
import { type Drill, drillDowntimeArgs } from "./downtime-args.ts";

/** Mutes what a drill sets off, from entering the incident to leaving it or the end of its lease. */
export class DrillDowntime extends pulumi.ComponentResource {
  constructor(name: string, args: Drill, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:incident:DrillDowntime", name, {}, opts);
    new DowntimeSchedule(name, drillDowntimeArgs(args), { parent: this });
    this.registerOutputs();
  }
}
