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
}

const healthy = "none";
const unposted = "event not posted";

/** Reads what an earlier run printed; nothing or anything else counts as healthy and unmarked. */
export function parseMark(line: string | undefined): Mark {
  const [, state = healthy, outcome = "nothing to mark"] =
    /^([a-z][a-z-]*): (.+)$/.exec(line ?? "") ?? [];
  return { state, outcome };
}

/** The one line of a mark. */
export function markLine({ state, outcome }: Mark): string {
  return `${state}: ${outcome.replaceAll(/\s+/g, " ")}`;
}

/** The outcome when Datadog did not take the event. */
export function notPosted(why: string): string {
  return `${unposted} (${why})`;
}

/** The warning that the last event is missing; undefined when it is there, or none was due. */
export function markWarning(line: string): string | undefined {
  const { state, outcome } = parseMark(line);
  if (!outcome.startsWith(unposted)) return undefined;
  return `Datadog has no marker: incident ${state}: ${outcome}`;
}

/** Whether an event is due: a state was entered or left, or its event is still missing. */
export function isDue(previous: Mark, state: string): boolean {
  return previous.state !== state || previous.outcome.startsWith(unposted);
}

/** The event of going from one state to another. */
export function eventOf(previous: Mark, input: MarkerInput, who: string): MarkerEvent {
  const { state, stack, clusterName, namespace, env } = input;
  const phase = state === healthy ? "recovered" : previous.state === healthy ? "start" : "change";
  const titles = {
    start: `Sock Shop: incident ${state} is staged`,
    change: `Sock Shop: incident ${state} is staged instead of ${previous.state}`,
    recovered: `Sock Shop: incident ${previous.state} is over`,
  };
  const mode = state === healthy ? previous.state : state;
  return {
    title: titles[phase],
    text: `Stack ${stack}, namespace ${namespace} of cluster ${clusterName}. By ${who}.`,
    tags: [
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
