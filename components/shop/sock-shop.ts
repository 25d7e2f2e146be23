import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedPassword } from "./generated-password.ts";
import { rootPasswordKey } from "./images/container-spec.ts";
import { namespaceArgs } from "./manifests/namespace.ts";
import {
  customerPolicy,
  defaultDenyPolicy,
  nodeRepliesPolicy,
} from "./manifests/network-policy.ts";
import type { Workload } from "./manifests/workload.ts";
import { Microservice } from "./microservice.ts";

/** What the whole shop needs. */
export interface SockShopArgs {
  readonly namespace: string;

  /** One workload per catalogue row. */
  readonly workloads: readonly Workload[];

  /** Addresses from which nodes answer for a Service without pods; none: their answers are dropped. */
  readonly nodeCidrs: readonly string[];

  /**
   * Password of catalogue-db's administrator.
   *
   * @default - generated once and kept in the stack's state as a secret
   */
  readonly catalogueDbPassword?: pulumi.Input<string> | undefined;

  /**
   * Creates the proxy that a Service sends its callers to instead of its own pods, inside the
   * namespace. The Service is changed once the proxy is ready.
   */
  readonly faultProxy?: ((inside: pulumi.ComponentResourceOptions) => pulumi.Resource) | undefined;

  /**
   * Creates the guard that ends the incident, inside the namespace. A workload that the incident
   * changes is changed once the guard is ready.
   */
  readonly incidentLease?: ((inside: pulumi.ComponentResourceOptions) => Guard) | undefined;
}

/** What ends an incident. */
type Guard = pulumi.Resource & {
  /** When it ends the incident at the latest, as `2027-01-05T12:00:00Z`. */
  readonly ends: pulumi.Output<string>;
};

/** The namespace, its network policies and secrets, and one Microservice per workload. */
export class SockShop extends pulumi.ComponentResource {
  /** The namespace that everything of the shop lives in. */
  readonly namespace: Namespace;

  /** When the staged incident ends at the latest; absent while none is staged. */
  readonly incidentEnds: pulumi.Output<string> | undefined;

  constructor(name: string, args: SockShopArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:shop:SockShop", name, {}, opts);
    const { workloads } = args;

    this.namespace = new Namespace(name, namespaceArgs(args.namespace), { parent: this });
    const inside = { parent: this, dependsOn: [this.namespace] };

    new NetworkPolicy("default-deny", defaultDenyPolicy(args.namespace), inside);
    workloads
      .filter(({ spec }) => spec.tier === "web")
      .forEach((web) => new NetworkPolicy("customers", customerPolicy(web), inside));

    if (args.nodeCidrs.length > 0) {
      const policy = nodeRepliesPolicy(args.namespace, workloads, args.nodeCidrs);
      new NetworkPolicy("node-replies", policy, inside);
    }

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

    const incidentLease = args.incidentLease?.(inside);
    this.incidentEnds = incidentLease?.ends;
    const faultProxy = args.faultProxy?.(inside);
    for (const workload of workloads) {
      const { spec } = workload;
      const requires = [this.namespace, ...requiredBy(workload, { secret, incidentLease })];
      const isRedirected = workload.backend !== spec.name;
      const serviceDependsOn = isRedirected && faultProxy ? [faultProxy] : [];
      const service = { workload, allWorkloads: workloads, requires, serviceDependsOn };
      new Microservice(spec.name, service, { parent: this });
    }

    this.registerOutputs({ namespace: this.namespace.metadata.name });
  }
}

/** What must be there before a workload is created or changed. */
function requiredBy(
  workload: Workload,
  { secret, incidentLease }: { secret: Secret; incidentLease: Guard | undefined },
): readonly pulumi.Resource[] {
  return [
    ...(workload.container.secretEnv ? [secret] : []),
    ...(incidentLease && isStaged(workload) ? [incidentLease] : []),
  ];
}

/** Whether an incident makes a workload other than configured. */
function isStaged({ spec, replicas, configuredReplicas, backend }: Workload): boolean {
  return replicas !== configuredReplicas || backend !== spec.name;
}
