import { expect } from "chai";
import fc from "fast-check";
import {
  nextStep,
  type Outcome,
  type Phase,
  phases,
  type Status,
  verdictCodes,
  verdictOf,
} from "../../../../cli/incident/run/phases.ts";

/** All phases of a run in which some end otherwise than met. */
function course(ends: Partial<Record<Phase, Exclude<Status, "skipped">>>): Outcome[] {
  const outcomes: Outcome[] = [];
  for (;;) {
    const step = nextStep(outcomes);
    if (step.kind === "end") return outcomes;
    const status = step.kind === "skip" ? "skipped" : (ends[step.phase] ?? "met");
    outcomes.push({ phase: step.phase, status, problems: [] });
  }
}

const performed = (outcomes: Outcome[]) =>
  outcomes.filter(({ status }) => status !== "skipped").map(({ phase }) => phase);

describe("the phases of a run", () => {
  it("are all done where each is met", () => {
    expect(performed(course({}))).to.deep.equal([...phases]);
    expect(verdictOf(course({}))).to.equal("valid");
  });

  for (const phase of ["doctor", "steady"] as const) {
    it(`stage nothing after ${phase} was not met, and still report`, () => {
      const outcomes = course({ [phase]: "unmet" });

      expect(performed(outcomes)).not.to.include("enter").and.not.to.include("leave");
      expect(performed(outcomes)).to.include("report");
      expect(verdictOf(outcomes)).to.equal("invalid");
    });
  }

  for (const phase of ["enter", "witness", "hold"] as const) {
    for (const status of ["unmet", "broken"] as const) {
      it(`leave after ${phase} was ${status}`, () => {
        const after = ["leave", "recover", "collect", "report"];

        expect(performed(course({ [phase]: status })).slice(-4)).to.deep.equal(after);
      });
    }
  }

  it("do not hold a fault that was not seen", () => {
    expect(performed(course({ witness: "unmet" }))).not.to.include("hold");
  });

  it("are broken where the tool failed, whatever else did not hold", () => {
    expect(verdictOf(course({ witness: "unmet", collect: "broken" }))).to.equal("broken");
  });

  it("are never valid unless each is met, and never leave a fault behind", () => {
    const end = fc.constantFrom("met" as const, "unmet" as const, "broken" as const);
    const ends = fc.record(Object.fromEntries(phases.map((phase) => [phase, end])));
    fc.assert(
      fc.property(ends, (given) => {
        const outcomes = course(given);
        const did = performed(outcomes);

        expect(did.includes("enter")).to.equal(did.includes("leave"));
        const isValid = verdictOf(outcomes) === "valid";
        expect(isValid).to.equal(outcomes.every(({ status }) => status === "met"));
      }),
    );
  });

  it("have an exit code for each verdict, 0 for valid alone", () => {
    expect(verdictCodes).to.deep.equal({ valid: 0, invalid: 4, broken: 5 });
  });
});
