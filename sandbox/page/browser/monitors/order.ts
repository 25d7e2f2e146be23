import type { Monitor } from "../api/shapes.ts";

const severity = ["Alert", "Warn", "No Data", "Unknown", "Skipped", "Ignored", "OK"];

export function severityOf(status: string): number {
  const rank = severity.indexOf(status);
  return rank < 0 ? severity.indexOf("Unknown") : rank;
}

/** By priority, P1 first and none last; then by severity; then the longest first. */
export function byUrgency(a: Monitor, b: Monitor): number {
  return (
    (a.priority ?? 9) - (b.priority ?? 9) ||
    severityOf(a.overall_state) - severityOf(b.overall_state) ||
    sinceOf(a) - sinceOf(b) ||
    a.name.localeCompare(b.name)
  );
}

/** When the state began, in ms; now's far end where it was never evaluated. */
export function sinceOf({ overall_state_modified: since }: Monitor): number {
  return since === null ? Number.MAX_SAFE_INTEGER : Date.parse(since);
}

/** What a person on call must look at. */
export function isAlerting({ overall_state: state }: Monitor): boolean {
  return state === "Alert" || state === "Warn" || state === "No Data";
}

/** Monitors by state, in order of severity. */
export function countByState(monitors: readonly Monitor[]): readonly (readonly [string, number])[] {
  const states = [...new Set(monitors.map(({ overall_state: state }) => state))];
  return states
    .toSorted((a, b) => severityOf(a) - severityOf(b))
    .map((state) => [state, monitors.filter((one) => one.overall_state === state).length]);
}
