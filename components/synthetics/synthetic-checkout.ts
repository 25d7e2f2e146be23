import { SyntheticsPrivateLocation } from "@pulumi/datadog/syntheticsPrivateLocation.js";
import { SyntheticsTest } from "@pulumi/datadog/syntheticsTest.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../datadog/queries.ts";
import type { MessageLinks } from "../monitors/monitor-message.ts";
import { checkoutTestArgs } from "./checkout-test.ts";
import {
  type SyntheticsWorker,
  workerArgs,
  workerName,
  workerPolicyArgs,
  workerSecretArgs,
} from "./worker.ts";

/** Where the checkout is tried, and whom its monitor notifies. */
export type SyntheticCheckoutArgs = Scope & MessageLinks & SyntheticsWorker;

/**
 * A synthetic customer who orders again and again from inside the cluster: a private location, its
 * worker beside the shop, and the test. Needs a provider of both kinds, and the shop's namespace.
 */
export class SyntheticCheckout extends pulumi.ComponentResource {
  constructor(name: string, args: SyntheticCheckoutArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:synthetics:SyntheticCheckout", name, {}, opts);
    const child = { parent: this, dependsOn: opts?.dependsOn ?? [] };

    const location = new SyntheticsPrivateLocation(
      name,
      {
        name: `[sock-shop] ${args.namespace} of ${args.clusterName}`,
        description: `The worker in namespace ${args.namespace} of cluster ${args.clusterName}`,
        tags: ["managed-by:pulumi", "team:sock-shop"],
      },
      { parent: this, additionalSecretOutputs: ["config"] },
    );
    const required = [
      new Secret(workerName, workerSecretArgs(args, pulumi.secret(location.config)), child),
      new NetworkPolicy(workerName, workerPolicyArgs(args), child),
    ];
    new Deployment(
      workerName,
      workerArgs(args),
      pulumi.mergeOptions(child, { dependsOn: required }),
    );
    new SyntheticsTest(name, checkoutTestArgs(args, location.id), { parent: this });

    this.registerOutputs();
  }
}
