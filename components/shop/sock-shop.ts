import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedPassword } from "./generated-password.ts";
import { rootPasswordKey } from "./images/container-spec.ts";
import { namespaceArgs } from "./manifests/namespace.ts";
import { customerPolicy, defaultDenyPolicy } from "./manifests/network-policy.ts";
import type { Workload } from "./manifests/workload.ts";
import { Microservice } from "./microservice.ts";

/** What the whole shop needs. */
export interface SockShopArgs {
  readonly namespace: string;

  /** One workload per catalogue row. */
  readonly workloads: readonly Workload[];

  /**
   * Password of catalogue-db's administrator.
   *
   * @default - generated once and kept in the stack's state as a secret
   */
  readonly catalogueDbPassword?: pulumi.Input<string> | undefined;

  /**
   * Makes what a Service that is not served by its own pods sends its callers to, inside of the
   * namespace. The Service waits until it is ready.
   */
  readonly detour?: ((inside: pulumi.ComponentResourceOptions) => pulumi.Resource) | undefined;

  /** Makes what must stand before any workload is other than configured, inside of the namespace. */
  readonly guard?: ((inside: pulumi.ComponentResourceOptions) => pulumi.Resource) | undefined;
}

/** The namespace, its network policies and secrets, and one Microservice per workload. */
export class SockShop extends pulumi.ComponentResource {
  /** The namespace that everything of the shop lives in. */
  readonly namespace: Namespace;

  constructor(name: string, args: SockShopArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:shop:SockShop", name, {}, opts);
    const { workloads } = args;

    this.namespace = new Namespace(name, namespaceArgs(args.namespace), { parent: this });
    const inside = { parent: this, dependsOn: [this.namespace] };

    new NetworkPolicy("default-deny", defaultDenyPolicy(args.namespace), inside);
    workloads
      .filter(({ spec }) => spec.tier === "web")
      .forEach((web) => new NetworkPolicy("customers", customerPolicy(web), inside));

    const password =
      args.catalogueDbPassword ??
      new GeneratedPassword("catalogue-db-password", { parent: this }).value;
    const secret = new Secret(
      "catalogue-db",
      {
        metadata: { name: "catalogue-db", namespace: args.namespace },
        stringData: { [rootPasswordKey]: password },
      },
      inside,
    );

    const guard = args.guard?.(inside);
    const detour = args.detour?.(inside);
    for (const workload of workloads) {
      const { spec, container } = workload;
      const requires = [
        this.namespace,
        ...(container.secretEnv ? [secret] : []),
        ...(guard && isStaged(workload) ? [guard] : []),
      ];
      const service = { workload, all: workloads, requires };
      const redirected = workload.servedBy === spec.name ? {} : { detour };
      new Microservice(spec.name, { ...service, ...redirected }, { parent: this });
    }

    this.registerOutputs({ namespace: this.namespace.metadata.name });
  }
}

/** Whether an incident makes a workload other than configured. */
function isStaged({ spec, replicas, configuredReplicas, servedBy }: Workload): boolean {
  return replicas !== configuredReplicas || servedBy !== spec.name;
}
