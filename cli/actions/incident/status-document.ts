import type { AppliedIncident, LiveIncident } from "../../incident/incident-state.ts";
import { isExpired } from "../../incident/lease.ts";
import type { Lease } from "../../incident/lease.ts";
import type { IncidentStatusDocument } from "../../json/schemas/incident.ts";

/** What the last update applied, as the document has it. */
export function appliedOf(
  { incident, paymentReplicas, routing, jobs, lease }: AppliedIncident,
  namespace: string,
): IncidentStatusDocument["applied"] {
  return {
    incident: incident ?? null,
    namespace,
    paymentReplicas: paymentReplicas ?? null,
    routes: [...routing.routes],
    proxies: routing.proxies.map(({ name, fault, desired }) => ({ name, fault, desired })),
    loadJobs: [...jobs],
    lease: lease === undefined ? null : leaseOf(lease),
  };
}

/** What runs in the cluster, as the document has it. */
export function liveOf(live: LiveIncident | undefined): IncidentStatusDocument["live"] {
  if (live === undefined) return null;
  const { payment, readyEndpoints, routing, jobs, lease } = live;
  return {
    payment: payment ?? null,
    readyEndpoints,
    routes: [...routing.routes],
    proxies: [...routing.proxies],
    loadJobs: [...jobs],
    lease:
      lease === undefined
        ? null
        : { ...leaseOf(lease), available: lease.available, expired: isExpired(lease, new Date()) },
  };
}

/** A lease as the documents have it. */
export function leaseOf({ name, lasts, endsAt }: Lease) {
  return { name, lasts, endsAt: endsAt?.toISOString() ?? null };
}
