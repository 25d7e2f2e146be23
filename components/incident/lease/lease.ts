import { readFileSync } from "node:fs";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import * as pulumi from "@pulumi/pulumi";
import { leaseBindingArgs, leasePolicyArgs, leaseRoleArgs } from "./access.ts";
import { leaseEnd } from "./lease-end.ts";
import { leaseArgs, leaseConfigArgs, leaseMeta, type LeaseGuard } from "./manifests.ts";

/** The guard and where it runs; the program is the component's own. */
export type IncidentLeaseArgs = Omit<LeaseGuard, "program">;

/**
 * The guard of a staged incident, inside of the cluster: it restores the healthy state after the
 * lease, whatever has become of the machine that staged it. What carries the fault must depend on
 * it: the guard is ready once the cluster has let it rehearse everything that it will have to do.
 */
export class IncidentLease extends pulumi.ComponentResource {
  /** When the lease ends, as `2027-01-05T12:00:00Z`; the same at each update while it lasts. */
  readonly ends: pulumi.Output<string>;

  constructor(name: string, args: IncidentLeaseArgs, opts?: pulumi.ComponentResourceOptions) {
    // The type token is part of every child's URN: it keeps the name that existing states know.
    super("sockshop:incident:Lease", name, {}, opts);
    const program = readFileSync(new URL("guard.py", import.meta.url), "utf8");
    const guard = { ...args, program };
    // A component's own dependsOn does not reach its children.
    const child = { parent: this, dependsOn: opts?.dependsOn ?? [] };

    const required = [
      new ServiceAccount(name, { metadata: leaseMeta(guard) }, child),
      new Role(name, leaseRoleArgs(guard), child),
      new RoleBinding(name, leaseBindingArgs(guard), child),
      new ConfigMap(name, leaseConfigArgs(guard), child),
      new NetworkPolicy(name, leasePolicyArgs(guard), child),
    ];
    const options = pulumi.mergeOptions(child, { dependsOn: required });
    const { metadata } = new Deployment(name, leaseArgs(guard), options);

    this.ends = metadata.creationTimestamp.apply((created) => leaseEnd(created, guard.plan.lasts));
    this.registerOutputs({ ends: this.ends });
  }
}
