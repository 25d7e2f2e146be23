import { readFileSync } from "node:fs";
import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import * as pulumi from "@pulumi/pulumi";
import { loadJobArgs, locustfileArgs, type LoadRun } from "./manifests.ts";

/** The load and where it runs; the locustfile is the component's own. */
export type LoadJobArgs = Omit<LoadRun, "locustfile">;

/** Customers who try to order while an incident lasts: a locustfile and the Job that runs it. */
export class LoadJob extends pulumi.ComponentResource {
  /**
   * @param opts - `dependsOn` must name what carries the fault, so that it is complete before the
   *   first order
   */
  constructor(name: string, args: LoadJobArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:incident:LoadJob", name, {}, opts);
    const locustfile = readFileSync(new URL("locustfile.py", import.meta.url), "utf8");
    const run = { ...args, locustfile };
    // A component's own dependsOn does not reach its children.
    const child = { parent: this, dependsOn: opts?.dependsOn ?? [] };

    const file = new ConfigMap(name, locustfileArgs(run), child);
    new Job(
      name,
      loadJobArgs(run),
      pulumi.mergeOptions(child, { dependsOn: [file], deleteBeforeReplace: true }),
    );

    this.registerOutputs();
  }
}
