import type { FoundLog, Sources, Span } from "../evaluation/values/data.ts";
import { foundLog, liveSources } from "../evaluation/values/live-sources.ts";
import type { EvaluationState } from "../evaluation/state/monitor-state.ts";
import type { Telemetry } from "../logs/telemetry.ts";
import { parseSearch } from "../search/parse.ts";
import { predicateOf } from "../search/predicate.ts";
import type { State } from "../state.ts";
import { eventAsLog } from "./event-as-log.ts";

/** What queries read: all that monitors do, and events. */
export interface QuerySources extends Sources {
  readonly events: (query: string, span: Span) => readonly FoundLog[];
  /** Of the monitors, for the SLOs that are made of them. */
  readonly state: EvaluationState;
  readonly now: number;
}

/** The data of the stand-in: what was sent to it and what was declared. */
export function querySources(telemetry: Telemetry, state: State, now: Date): QuerySources {
  return {
    ...liveSources(telemetry, state),
    events: (query, { from, to }) => {
      const matches = predicateOf(parseSearch(query));
      return state.events
        .map(eventAsLog)
        .filter((event) => event.timestamp > from && event.timestamp <= to && matches(event))
        .map(foundLog);
    },
    state: state.evaluation.monitors,
    now: now.getTime(),
  };
}
