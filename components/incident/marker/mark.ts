/** What the marker's process gets to know, as JSON on its standard input. */
export interface MarkerInput {
  /** Address that events are posted to. */
  readonly url: string;

  /** State of the flag, such as `payment-down`. */
  readonly state: string;
  readonly stack: string;
  readonly clusterName: string;
  readonly namespace: string;
  readonly env: string;
}

/** An event as `POST /api/v1/events` takes it. */
export interface MarkerEvent {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly aggregation_key: string;
  readonly alert_type: "warning" | "success" | "info";
}

/** What the process prints, and finds again the next time: the state and how its event fared. */
export interface Mark {
  readonly state: string;
  readonly outcome: string;

  /** The state before it while its event is missing; the state itself as soon as it is not. */
  readonly after: string;
}

/** Tag of markers alone: the events of monitors carry the incident's tag as well. */
export const markerTag = "marker:incident";

const healthy = "none";
const unposted = "event not posted";

/** Reads what an earlier run printed; nothing or anything else counts as healthy and unmarked. */
export function parseMark(line: string | undefined): Mark {
  const [, state = healthy, outcome = "nothing to mark"] =
    /^([a-z][a-z-]*): (.+)$/.exec(line ?? "") ?? [];
  if (!outcome.startsWith(unposted)) return { state, outcome, after: state };
  const [, after = healthy] = /; after ([a-z-]+)\)$/.exec(outcome) ?? [];
  return { state, outcome, after };
}

/** The one line of a mark. */
export function markLine({ state, outcome }: Pick<Mark, "state" | "outcome">): string {
  return `${state}: ${outcome.replaceAll(/\s+/g, " ")}`;
}

/** The outcome when Datadog did not take the event, which another run then posts. */
export function notPosted(why: string, after: string): string {
  return `${unposted} (${why}; after ${after})`;
}

/** The warning that the last event is missing; undefined when it is there, or none was due. */
export function markWarning(line: string): string | undefined {
  const { state, outcome } = parseMark(line);
  if (!outcome.startsWith(unposted)) return undefined;
  return `Datadog has no marker: incident ${state}: ${outcome}`;
}

/**
 * The state that gives way to another; when an event is tried again, the one that did then. The same
 * state if no event is due: none was entered or left, and the last event is there.
 */
export function stateBefore({ state, after }: Mark, next: string): string {
  return state === next ? after : state;
}

/** The event of going from one state to another. */
export function eventOf(before: string, input: MarkerInput, who: string): MarkerEvent {
  const { state, stack, clusterName, namespace, env } = input;
  const phase = state === healthy ? "recovered" : before === healthy ? "start" : "change";
  const titles = {
    start: `Sock Shop: incident ${state} is staged`,
    change: `Sock Shop: incident ${state} is staged instead of ${before}`,
    recovered: `Sock Shop: incident ${before} is over`,
  };
  const mode = state === healthy ? before : state;
  return {
    title: titles[phase],
    text: `Stack ${stack}, namespace ${namespace} of cluster ${clusterName}. By ${who}.`,
    tags: [
      markerTag,
      "incident:payment-failure",
      `phase:${phase}`,
      `mode:${mode}`,
      `state:${state}`,
      `who:${who}`,
      `stack:${stack}`,
      `kube_cluster_name:${clusterName}`,
      `kube_namespace:${namespace}`,
      `env:${env}`,
      "managed-by:pulumi",
    ],
    aggregation_key: `sock-shop-incident ${namespace} ${clusterName}`.slice(0, 100),
    alert_type: phase === "recovered" ? "success" : "warning",
  };
}
