import { missingProxyPods, routingDrift, routingOf } from "./routing.ts";
import type { Routing } from "./routing.ts";
import { leaseOf } from "./lease.ts";
import type { Lease } from "./lease.ts";
import { manifestOf, readState, stackOutputs } from "../pulumi/state-file.ts";
import type { Manifest } from "../pulumi/state-file.ts";

/** What the last update applied, from the stack's state. */
export interface AppliedIncident {
  /** State of the flag that was applied; absent when nothing is deployed. */
  readonly incident?: string;
  readonly namespace?: string;

  /** Pods of payment that the stack declares. */
  readonly paymentReplicas?: number;
  readonly routing: Routing;

  /** Names of the load Jobs that the stack declares. */
  readonly jobs: readonly string[];

  /** Absent where no incident is staged. */
  readonly lease?: Lease;
}

/** What really runs, from the Kubernetes API. */
export interface LiveIncident {
  /** Absent when there is no Deployment of payment. */
  readonly payment?: { readonly desired: number; readonly available: number };

  /** Addresses that the Service `payment` sends requests to. */
  readonly readyEndpoints: number;
  readonly routing: Routing;
  readonly jobs: readonly { readonly name: string; readonly state: string }[];
  readonly lease?: Lease & { readonly available: number };
}

/**
 * Reads what was applied.
 *
 * @param text a file of Pulumi's file backend, or what `pulumi stack export` prints
 */
export function appliedIncident(text: string): AppliedIncident {
  const state = readState(text);
  const outputs = stackOutputs(state);
  const inputsOf = (wanted: string) =>
    state.resources.filter(({ type }) => type === wanted).map(({ inputs }) => manifestOf(inputs));
  const deployments = inputsOf("kubernetes:apps/v1:Deployment");
  const payment = deployments.find(({ metadata }) => metadata?.name === "payment");
  const replicas = payment?.spec?.replicas;
  const lease = leaseOf(deployments.map((manifest) => ({ manifest, begun: undefined })));
  return {
    ...textOutput(outputs, "incident"),
    ...textOutput(outputs, "namespace"),
    ...(replicas !== undefined && { paymentReplicas: replicas }),
    routing: routingOf(inputsOf("kubernetes:core/v1:Service"), deployments),
    jobs: inputsOf("kubernetes:batch/v1:Job").flatMap(({ metadata }) => metadata?.name ?? []),
    ...(lease && { lease }),
  };
}

function textOutput<Name extends string>(
  outputs: Readonly<Record<string, unknown>>,
  name: Name,
): Partial<Record<Name, string>> {
  const value = outputs[name];
  return typeof value === "string" ? ({ [name]: value } as Record<Name, string>) : {};
}

interface LiveObject extends Manifest {
  readonly kind: string;
  readonly metadata: NonNullable<Manifest["metadata"]> & {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly status?: {
    readonly availableReplicas?: number;
    readonly active?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[];
}

/** Reads what `kubectl get deployments,services,endpointslices,jobs --output json` prints. */
export function liveIncident(text: string): LiveIncident {
  const { items = [] } = JSON.parse(text) as { items?: readonly LiveObject[] };
  const ofKind = (wanted: string) => items.filter(({ kind }) => kind === wanted);
  const deployments = ofKind("Deployment");
  const payment = deployments.find(({ metadata }) => metadata.name === "payment");
  const endpoints = items
    .filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === "payment")
    .flatMap((slice) => slice.endpoints ?? []);
  const lease = liveLease(deployments);
  return {
    ...(payment && {
      payment: {
        desired: payment.spec?.replicas ?? 1,
        available: payment.status?.availableReplicas ?? 0,
      },
    }),
    // a missing condition means ready, says the API
    readyEndpoints: endpoints.filter(({ conditions }) => conditions?.ready !== false).length,
    routing: routingOf(ofKind("Service"), deployments),
    jobs: ofKind("Job").map((job) => ({ name: job.metadata.name, state: jobState(job) })),
    ...(lease && { lease }),
  };
}

function liveLease(deployments: readonly LiveObject[]): LiveIncident["lease"] {
  const begun = deployments.map((manifest) => ({
    manifest,
    begun: manifest.metadata.creationTimestamp,
  }));
  const lease = leaseOf(begun);
  const guard = deployments.find(({ metadata }) => metadata.name === lease?.name);
  return lease && { ...lease, available: guard?.status?.availableReplicas ?? 0 };
}

function jobState({ status = {} }: LiveObject): string {
  const ended = status.conditions?.find(
    (condition) =>
      condition.status === "True" && (condition.type === "Complete" || condition.type === "Failed"),
  );
  if (ended) return ended.type === "Complete" ? "finished" : "failed";
  return (status.active ?? 0) > 0 ? "running" : "starting";
}

/** Where what really runs differs from what the stack declares; empty when it does not. */
export function describeDrift(applied: AppliedIncident, live: LiveIncident): string[] {
  const declared = applied.paymentReplicas;
  const lines: string[] = [];
  if (declared !== undefined && live.payment === undefined) {
    lines.push("payment is deleted, but the stack declares it");
  }
  if (declared !== undefined && live.payment && live.payment.desired !== declared) {
    lines.push(`payment is scaled to ${live.payment.desired}, the stack declares ${declared}`);
  }
  lines.push(...routingDrift(applied.routing, live.routing));
  for (const job of applied.jobs) {
    if (!live.jobs.some(({ name }) => name === job)) {
      lines.push(`job ${job} is deleted, but the stack declares it`);
    }
  }
  return [...lines, ...leaseDrift(applied.lease, live.lease)];
}

/** The guard that is declared, and the one that is there. */
function leaseDrift(declared: Lease | undefined, real: Lease | undefined): string[] {
  if (declared === undefined) return [];
  if (real?.name !== declared.name) {
    return [`${declared.name} is deleted, but the stack declares it: nothing ends the incident`];
  }
  if (real.lasts === declared.lasts) return [];
  return [`${declared.name} lasts ${real.lasts}, the stack declares ${declared.lasts}`];
}

/** Everything that keeps the asked-for state from being the real one; empty when it is. */
export function disagreements(
  asked: string,
  applied: AppliedIncident,
  live: LiveIncident | undefined,
): string[] {
  const lines: string[] = [];
  if (applied.incident !== asked) {
    lines.push(`the flag says ${asked}, applied is ${applied.incident ?? "nothing"}`);
  }
  if (applied.incident === "none" && applied.lease !== undefined) {
    lines.push(`${applied.lease.name} is of an incident whose update was cut off`);
  }
  if (live === undefined) return [...lines, "the cluster does not answer"];
  lines.push(...describeDrift(applied, live));
  const { payment } = live;
  if (payment && payment.available !== payment.desired) {
    lines.push(`payment has ${payment.available} of ${payment.desired} pods available`);
  }
  const { lease } = live;
  if (lease?.available === 0) lines.push(`${lease.name} has no pod: nothing ends the incident`);
  return [...lines, ...missingProxyPods(applied.routing, live.routing)];
}
