import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import { deploymentArgs } from "./manifests/deployment.ts";
import { disruptionBudgetArgs } from "./manifests/disruption-budget.ts";
import { workloadPolicy } from "./manifests/network-policy.ts";
import { serviceArgs } from "./manifests/service.ts";
import type { Workload } from "./manifests/workload.ts";

/** What one sock-shop service needs from its surroundings. */
export interface MicroserviceArgs {
  /** The service itself; decides which children exist, hence never an Output. */
  readonly workload: Workload;

  /** All workloads of the shop, to find who calls this one. */
  readonly allWorkloads: readonly Workload[];

  /** What must exist first: the namespace, the Secret where there is one, the guard of a fault. */
  readonly requires: readonly pulumi.Resource[];

  /** What must be ready, beside `requires`, before the Service sends its callers there. */
  readonly serviceDependsOn: readonly pulumi.Resource[];
}

/** One sock-shop service: Deployment, Service, network policy and, where useful, a budget. */
export class Microservice extends pulumi.ComponentResource {
  constructor(name: string, args: MicroserviceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:shop:Microservice", name, {}, opts);
    const { workload, allWorkloads } = args;
    const child = { parent: this, dependsOn: [...args.requires] };

    new Deployment(name, deploymentArgs(workload), child);
    const dependsOn = [...args.requires, ...args.serviceDependsOn];
    new Service(name, serviceArgs(workload), { parent: this, dependsOn });
    new NetworkPolicy(name, workloadPolicy(workload, allWorkloads), child);
    const budget = disruptionBudgetArgs(workload);
    if (budget) new PodDisruptionBudget(name, budget, child);

    this.registerOutputs();
  }
}
