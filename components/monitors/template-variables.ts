// What Datadog puts into a message when it sends it:
// https://docs.datadoghq.com/monitors/notify/variables and
// https://docs.datadoghq.com/monitors/guide/template-variable-evaluation

/** The value that was compared, as a count: Datadog would write `4.0`. */
export const count = evaluated("int(value)");

/** The value that was compared, with one digit behind the point. */
export const rounded = evaluated("round(value, 1)");

/** Whole minutes since the state was left in which all was well. */
export const minutesOpen = evaluated("int(triggered_duration_sec / 60)");

/** Minutes of a link's time before and after the change of state. */
interface Around {
  readonly before: number;
  readonly after: number;
}

/**
 * The part of a link into Datadog that sets the time around the last change to a state that is not
 * well. A recovery keeps it: its link still leads to what happened.
 */
export function timeOfAlert({ before, after }: Around): string {
  const from = evaluated(`last_triggered_at_epoch-${before}*60*1000`);
  const to = evaluated(`last_triggered_at_epoch+${after}*60*1000`);
  return `from_ts=${from}&to_ts=${to}&live=false`;
}

function evaluated(expression: string): string {
  return `{{eval "${expression}"}}`;
}
