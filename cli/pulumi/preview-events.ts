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

  /** False when the preview broke off, so that steps may be missing. */
  readonly complete: boolean;
}

interface State {
  readonly inputs?: unknown;
}

interface Event {
  readonly resourcePreEvent?: {
    readonly metadata: {
      readonly op: string;
      readonly urn: string;
      readonly type: string;
      readonly old: State | null;
      readonly new: State | null;
    };
  };
  readonly policyEvent?: {
    readonly resourceUrn?: string;
    readonly message: string;
    readonly policyName: string;
    readonly enforcementLevel: string;
  };
  readonly policyAnalyzeSummaryEvent?: Judged;
  readonly policyAnalyzeStackSummaryEvent?: Judged;
  readonly summaryEvent?: { readonly result?: string };
}

interface Judged {
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
}

/** Reads the engine's event log of a preview: one JSON object a line. */
export function readPreview(log: string): Preview {
  const events = log.split("\n").flatMap(parsed);
  const judged = events.flatMap((event) => [
    event.policyAnalyzeSummaryEvent ?? {},
    event.policyAnalyzeStackSummaryEvent ?? {},
  ]);
  const asked = judged.flatMap(({ passed = [], failed = [] }) => [...passed, ...failed]);
  return {
    steps: events.flatMap(({ resourcePreEvent }) =>
      resourcePreEvent === undefined ? [] : [step(resourcePreEvent.metadata)],
    ),
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

function step({ op, urn, type, ...states }: NonNullable<Event["resourcePreEvent"]>["metadata"]) {
  const inputs = (states.new ?? states.old)?.inputs ?? {};
  return { urn, type, name: nameOf(urn), operation: op, inputs };
}

function violation(event: NonNullable<Event["policyEvent"]>): Violation {
  const { policyName, enforcementLevel, resourceUrn = "", message } = event;
  const isStack = resourceUrn.includes("::pulumi:pulumi:Stack::");
  return {
    policy: policyName,
    level: enforcementLevel,
    resource: isStack ? "" : nameOf(resourceUrn),
    type: resourceUrn.split("::")[2]?.split("$").at(-1) ?? "",
    message: message.replaceAll(/<\{%[^%]*%\}>/g, "").trim(),
  };
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function parsed(line: string): Event[] {
  try {
    return line === "" ? [] : [JSON.parse(line) as Event];
  } catch {
    return []; // the engine was killed while it wrote this line
  }
}
