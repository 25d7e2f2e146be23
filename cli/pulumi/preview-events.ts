import { readEventLog, stepsOf } from "./event-log.ts";
import type { EngineStep, LoggedEvent } from "./event-log.ts";
import { resourceName, resourceType } from "./state-file.ts";

/** One resource of a preview: what is asked for, and what the engine would do about it. */
export interface Step {
  readonly urn: string;
  readonly type: string;
  readonly name: string;

  /** Operation of the engine: `same`, `create`, `update`, `replace`, `delete`, …. */
  readonly operation: string;

  /** What the program asks for; secrets are masked by the engine. */
  readonly inputs: unknown;
}

/** One thing that the policy pack has against a preview. */
export interface Violation {
  readonly policy: string;
  readonly level: string;

  /** Name of the resource; empty for the stack as a whole. */
  readonly resource: string;

  /** Type of the resource. */
  readonly type: string;
  readonly message: string;
}

/** What a preview said. */
export interface Preview {
  readonly steps: readonly Step[];
  readonly violations: readonly Violation[];

  /** Names of all policies that were asked. */
  readonly policies: readonly string[];

  /** False when the preview did not finish, so that steps may be missing. */
  readonly complete: boolean;
}

/** Reads the engine's event log of a preview: one JSON object a line. */
export function readPreview(log: string): Preview {
  const events = readEventLog(log);
  const judged = events.flatMap((event) => [
    event.policyAnalyzeSummaryEvent ?? {},
    event.policyAnalyzeStackSummaryEvent ?? {},
  ]);
  const asked = judged.flatMap(({ passed = [], failed = [] }) => [...passed, ...failed]);
  return {
    steps: stepsOf(events).map(step),
    violations: events.flatMap(({ policyEvent }) =>
      policyEvent === undefined ? [] : [violation(policyEvent)],
    ),
    policies: [...new Set(asked)].sort(),
    complete: events.some(({ summaryEvent }) => summaryEvent?.result === "succeeded"),
  };
}

/** What of a preview no update would be allowed to do; the engine fails for it. */
export function mandatoryIn({ violations }: Preview): readonly Violation[] {
  return violations.filter(({ level }) => level === "mandatory");
}

function step({ op, urn, type, ...states }: EngineStep): Step {
  const inputs: unknown = (states.new ?? states.old)?.inputs ?? {};
  return { urn, type, name: resourceName(urn), operation: op, inputs };
}

function violation(event: NonNullable<LoggedEvent["policyEvent"]>): Violation {
  const { policyName, enforcementLevel, resourceUrn = "", message } = event;
  const isStack = resourceUrn.includes("::pulumi:pulumi:Stack::");
  return {
    policy: policyName,
    level: enforcementLevel,
    resource: isStack ? "" : resourceName(resourceUrn),
    type: resourceType(resourceUrn),
    message: message.replaceAll(/<\{%[^%]*%\}>/g, "").trim(),
  };
}
