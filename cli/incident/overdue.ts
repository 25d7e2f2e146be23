import { manifestOf, readState, stackOutputs } from "../pulumi/state-file.ts";
import type { StackState, StateResource } from "../pulumi/state-file.ts";
import { leaseOf, isExpired, formatTime } from "./lease.ts";
import type { Lease } from "./lease.ts";
import { defaultMinutes } from "./longest-incident.ts";

/** In the URN of what comes and goes with an incident: its components. */
export const incidentComponents = /sockshop:incident:(LoadJob|PaymentFaults|Lease)\b/;

/** An incident that is on, as an exported state has it. */
export interface ActiveIncident {
  /** As people call it: `incident payment-down`. */
  readonly name: string;

  /** When it was entered: when the oldest resource that came with it was made. */
  readonly since: Date;

  /** Absent in the state of a stack that has no guard. */
  readonly lease?: Lease;
}

/** In the URN of what only an incident has; load can run without one. */
const faultComponents = /sockshop:incident:(PaymentFaults|Lease)\b/;

/**
 * The incident that a state leaves on; undefined when it leaves none. The stack's own word for it is
 * the last thing of an update: after one that was cut off, what the incident is made of counts.
 *
 * @param text a file of Pulumi's file backend, or what `pulumi stack export` prints
 * @param where what the text is, for the error
 */
export function activeIncident(text: string, where?: string): ActiveIncident | undefined {
  const state = readState(text, where);
  const name = nameOfIncident(state);
  if (name === undefined) return undefined;
  const own = state.resources.filter(({ urn }) => incidentComponents.test(urn));
  const lease = leaseOf(own.map(begunGuard));
  return { name, since: oldest(own), ...(lease && { lease }) };
}

function nameOfIncident(state: StackState): string | undefined {
  const flag = stackOutputs(state)["incident"];
  if (typeof flag === "string" && flag !== "none") return `incident ${flag}`;
  const hasFault = state.resources.some(({ urn }) => faultComponents.test(urn));
  return hasFault ? "an incident whose update was cut off" : undefined;
}

/** The cluster's own time of creation is the one that the guard counts from. */
function begunGuard({ inputs, outputs, created, modified }: StateResource) {
  const begun = manifestOf(outputs).metadata?.creationTimestamp ?? created ?? modified;
  return { manifest: manifestOf(inputs), begun };
}

/** A state without any time says nothing of its age, and so counts as old. */
function oldest(resources: readonly StateResource[]): Date {
  const times = resources
    .map(({ created, modified }) => Date.parse(created ?? modified ?? ""))
    .filter((time) => !Number.isNaN(time));
  return new Date(times.length === 0 ? 0 : Math.min(...times));
}

/**
 * Why an incident is on for too long; undefined when it is not, or not yet.
 *
 * @param longest - minutes that it may last; what the stack's own lease says when absent
 */
export function overdueProblem(
  incident: ActiveIncident | undefined,
  now: Date,
  longest?: number,
): string | undefined {
  if (incident === undefined) return undefined;
  const { lease, name, since } = incident;
  if (longest === undefined && lease?.endsAt) {
    if (!isExpired(lease, now)) return undefined;
    const at = formatTime(lease.endsAt);
    return `the lease of ${name} ran out at ${at}, and the stack still declares it`;
  }
  const longestMinutes = longest ?? defaultMinutes;
  const minutes = Math.floor((now.getTime() - since.getTime()) / 60_000);
  if (minutes <= longestMinutes) return undefined;
  return (
    `${name} is on since ${since.toISOString()}, ` +
    `${minutes} minutes; at most ${longestMinutes} are allowed`
  );
}
