import type { EngineEvent, SummaryEvent } from "@pulumi/pulumi/automation/events.js";

/** What the pack judged; the SDK's type of events lacks it. */
interface PolicyAnalysis {
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
}

type Event = Omit<EngineEvent, "sequence" | "timestamp" | "summaryEvent">;

/** One event of the engine's log: the SDK's own type, and the fields that it lacks. */
export interface LoggedEvent extends Event {
  readonly summaryEvent?: Partial<SummaryEvent> & { readonly result?: string };
  readonly policyAnalyzeSummaryEvent?: PolicyAnalysis;
  readonly policyAnalyzeStackSummaryEvent?: PolicyAnalysis;
}

/** A step that the engine took or would take. */
export type EngineStep = NonNullable<LoggedEvent["resourcePreEvent"]>["metadata"];

/** Reads the engine's event log, as `--event-log` writes it: one JSON object a line. */
export function readEventLog(log: string): readonly LoggedEvent[] {
  return log.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as LoggedEvent];
    } catch {
      return []; // the engine was killed while it wrote this line
    }
  });
}

/** The steps of a log, in their order. */
export function stepsOf(events: readonly LoggedEvent[]): readonly EngineStep[] {
  return events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
}

/** A creation that failed, as a state would hold the resource. */
export interface FailedCreation {
  readonly urn: string;
  readonly type: string;
  readonly custom: true;
  readonly parent: string;
  readonly provider: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The creations of a log that failed; one with a masked secret could not be declared again. */
export function failedCreations(events: readonly LoggedEvent[]): readonly FailedCreation[] {
  return events
    .flatMap(({ resOpFailedEvent }) => resOpFailedEvent?.metadata ?? [])
    .flatMap(({ op, urn, type, provider, new: wanted }) => {
      const inputs: Readonly<Record<string, unknown>> = wanted?.inputs ?? {};
      if (op !== "create" || JSON.stringify(inputs).includes("[secret]")) return [];
      return [{ urn, type, custom: true, parent: wanted?.parent ?? "", provider, inputs }];
    });
}
