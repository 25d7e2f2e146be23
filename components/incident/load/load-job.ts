import { readFileSync } from "node:fs";
import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import {
  isDistributed,
  loadJobArgs,
  locustfileArgs,
  masterPolicyArgs,
  masterServiceArgs,
  workersJobArgs,
  type LoadRun,
} from "./manifests.ts";

/** The load and where it runs; the locustfiles are the component's own. */
export type LoadJobArgs = Omit<LoadRun, "locustfile" | "distributed">;

/** Customers who try to order while an incident lasts: a locustfile and the Jobs that run it. */
export class LoadJob extends pulumi.ComponentResource {
  /**
   * @param opts - `dependsOn` must name what carries the fault, so that it is complete before the
   *   first order
   */
  constructor(name: string, args: LoadJobArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:incident:LoadJob", name, {}, opts);
    const text = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
    const locustfile = text("locustfile.py");
    const run = { ...args, locustfile, distributed: text("distributed.py") };
    // A component's own dependsOn does not reach its children.
    const child = { parent: this, dependsOn: opts?.dependsOn ?? [] };

    const file = new ConfigMap(name, locustfileArgs(run), child);
    const between = isDistributed(run) ? connection(name, run, child) : [];
    const job = pulumi.mergeOptions(child, {
      dependsOn: [file, ...between],
      deleteBeforeReplace: true,
    });
    new Job(name, loadJobArgs(run), job);
    if (isDistributed(run)) new Job(`${name}-workers`, workersJobArgs(run), job);

    this.registerOutputs();
  }
}

/** What lets the workers find and reach their master; it stands before either starts. */
function connection(name: string, run: LoadRun, child: pulumi.CustomResourceOptions) {
  const [master, workers] = masterPolicyArgs(run);
  return [
    new Service(name, masterServiceArgs(run), child),
    new NetworkPolicy(name, master, child),
    new NetworkPolicy(`${name}-workers`, workers, child),
  ];
}
