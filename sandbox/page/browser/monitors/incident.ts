import type { Event } from "../api/shapes.ts";

/** The tag of the events that the stack posts when an incident is entered, changed or left. */
const markerTag = "marker:incident";

export interface StagedIncident {
  readonly isOn: boolean;
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly title: string;
}

/** Markers of staged incidents, the newest first. */
export function markersOf(events: readonly Event[]): readonly Event[] {
  return events
    .filter(({ tags }) => tags.includes(markerTag))
    .toSorted((a, b) => b.date_happened - a.date_happened || b.id - a.id);
}

/** Whether an incident is staged, as the newest marker says; without one none is known. */
export function incidentOf([newest]: readonly Event[]): StagedIncident {
  if (newest === undefined) return { isOn: false, title: "" };
  return {
    isOn: !newest.tags.includes("phase:recovered"),
    since: newest.date_happened * 1000,
    title: newest.title,
  };
}
