import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import type { Workload } from "../../shop/manifests/workload.ts";
import type { ProxyPlan } from "../plan.ts";
import { directName, directServiceArgs, proxyArgs, proxyConfigArgs } from "./manifests.ts";
import { proxyPolicies } from "./network-policies.ts";

/** A fault and the shop that it happens in. */
export interface FaultProxyArgs {
  readonly proxy: ProxyPlan;

  /** Reference of an Envoy image. */
  readonly image: string;

  /** All workloads of the shop, to find the target and who calls it. */
  readonly allWorkloads: readonly Workload[];
}

/**
 * Payment that is slow or fails, or shipping that is slow: a proxy in front of the healthy pods. It
 * gets no request until the target's Service selects it.
 */
export class FaultProxy extends pulumi.ComponentResource {
  constructor(name: string, args: FaultProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    // The type token is part of every child's URN: it keeps the name that existing states know.
    super("sockshop:incident:PaymentFaults", name, {}, opts);
    const { proxy: plan, image, allWorkloads } = args;
    const target = allWorkloads.find(({ spec }) => spec.name === plan.target);
    if (!target) throw new Error(`no workload ${plan.target} to put a proxy in front of`);
    const callers = allWorkloads.filter(({ spec }) => spec.calls.includes(plan.target));
    const proxy = { plan, image, target, callers };
    // A component's own dependsOn does not reach its children.
    const child = { parent: this, dependsOn: opts?.dependsOn ?? [] };

    const direct = directName(target);
    const required = [
      new ConfigMap(name, proxyConfigArgs(proxy), child),
      new Service(direct, directServiceArgs(proxy), child),
      ...Object.entries(proxyPolicies(proxy)).map(
        ([policy, policyArgs]) => new NetworkPolicy(policy, policyArgs, child),
      ),
    ];
    new Deployment(name, proxyArgs(proxy), pulumi.mergeOptions(child, { dependsOn: required }));

    this.registerOutputs();
  }
}
