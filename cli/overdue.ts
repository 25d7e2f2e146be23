/** Components that come and go with an incident. */
const incidentComponents = /sockshop:incident:(LoadJob|PaymentFaults)\b/;

/** An incident that is on, as an exported state has it. */
export interface StandingIncident {
  readonly state: string;

  /** When it was entered: when the oldest resource that came with it was made. */
  readonly since: Date;
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly created?: string;
  readonly modified?: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface StackState {
  readonly checkpoint?: { readonly latest?: Deployment };
  readonly deployment?: Deployment;
}

interface Deployment {
  readonly resources?: readonly StateResource[];
}

/**
 * The incident that a state leaves on; undefined when it leaves none.
 *
 * @param text a file of Pulumi's file backend, or what `pulumi stack export` prints
 */
export function standingIncident(text: string): StandingIncident | undefined {
  const { checkpoint, deployment = checkpoint?.latest } = JSON.parse(text) as StackState;
  const resources = deployment?.resources ?? [];
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const state = stack?.outputs?.["incident"];
  if (typeof state !== "string" || state === "none") return undefined;
  return { state, since: oldest(resources.filter(({ urn }) => incidentComponents.test(urn))) };
}

/** A state without any time says nothing of its age, and so counts as old. */
function oldest(resources: readonly StateResource[]): Date {
  const times = resources
    .map(({ created, modified }) => Date.parse(created ?? modified ?? ""))
    .filter((time) => !Number.isNaN(time));
  return new Date(times.length === 0 ? 0 : Math.min(...times));
}

/** Why an incident is on for too long; undefined when it is not, or not yet. */
export function overdueProblem(
  incident: StandingIncident | undefined,
  now: Date,
  longestMinutes: number,
): string | undefined {
  if (incident === undefined) return undefined;
  const minutes = Math.floor((now.getTime() - incident.since.getTime()) / 60_000);
  if (minutes <= longestMinutes) return undefined;
  return (
    `incident ${incident.state} is on since ${incident.since.toISOString()}, ` +
    `${minutes} minutes; at most ${longestMinutes} are allowed`
  );
}
