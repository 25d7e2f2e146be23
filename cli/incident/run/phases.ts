/** The phases of a run, in order. */
export const phases = [
  "doctor",
  "steady",
  "enter",
  "witness",
  "hold",
  "leave",
  "recover",
  "collect",
  "report",
] as const;

export type Phase = (typeof phases)[number];

/** When a phase is run: after nothing but success, once the fault may be there, or in any case. */
type Need = "success" | "entered" | "always";

const needs: Readonly<Record<Phase, Need>> = {
  doctor: "always",
  steady: "success",
  enter: "success",
  witness: "success",
  hold: "success",
  leave: "entered",
  recover: "entered",
  collect: "always",
  report: "always",
};

/**
 * How a phase ended: `met`, its conditions held; `unmet`, they did not; `broken`, our tool failed;
 * `skipped`, it was not run.
 */
export type Status = "met" | "unmet" | "broken" | "skipped";

/** What became of one phase. */
export interface Outcome {
  readonly phase: Phase;
  readonly status: Status;

  /** Why it is not met; one line each. */
  readonly problems: readonly string[];
}

/**
 * What a run is worth: `valid`, the fault landed and all conditions held; `invalid`, one of them did
 * not; `broken`, our tool failed, so that nothing can be said.
 */
export type Verdict = "valid" | "invalid" | "broken";

/** Exit codes of `lab incident run`. */
export const verdictCodes: Readonly<Record<Verdict, number>> = { valid: 0, invalid: 4, broken: 5 };

/** What a run does next. */
export type Step =
  | { readonly kind: "perform"; readonly phase: Phase }
  | { readonly kind: "skip"; readonly phase: Phase }
  | { readonly kind: "end"; readonly verdict: Verdict };

/** Decides the next step from what became of the phases so far. */
export function nextStep(outcomes: readonly Outcome[]): Step {
  const phase = phases[outcomes.length];
  if (phase === undefined) return { kind: "end", verdict: verdictOf(outcomes) };
  return { kind: isNeeded(needs[phase], outcomes) ? "perform" : "skip", phase };
}

function isNeeded(need: Need, outcomes: readonly Outcome[]): boolean {
  switch (need) {
    case "always":
      return true;
    case "success":
      return outcomes.every(({ status }) => status === "met");
    case "entered":
      // an update that failed half-way may have left a part of the fault
      return outcomes.some(({ phase, status }) => phase === "enter" && status !== "skipped");
  }
}

/** A tool that failed outranks a condition that did not hold: its word on conditions is worth nothing. */
export function verdictOf(outcomes: readonly Outcome[]): Verdict {
  if (outcomes.some(({ status }) => status === "broken")) return "broken";
  return outcomes.every(({ status }) => status === "met") ? "valid" : "invalid";
}
