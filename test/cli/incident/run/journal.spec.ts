import { expect } from "chai";
import {
  describeInterrupted,
  type Entry,
  entryLine,
  mayHaveFault,
  readJournal,
} from "../../../../cli/incident/run/journal.ts";
import { type Phase, phases } from "../../../../cli/incident/run/phases.ts";
import { runPhases } from "../../../../cli/incident/run/run-phases.ts";
import type { Findings, Performers } from "../../../../cli/incident/run/run-phases.ts";

const at = "2030-01-02T03:04:05.000Z";
const started: Entry = {
  kind: "run-started",
  at,
  run: "r1",
  stack: "sandbox",
  options: { incident: "payment-down", holdSeconds: 60, seed: 42, notify: false },
  process: { pid: 4, identity: "77@boot" },
  config: "config: {}\n",
};

const met = (): Promise<Findings> => Promise.resolve({ status: "met", problems: [] });

/** Performers that do the same in each phase. */
function performers(perform: (phase: Phase) => Promise<Findings>): Performers {
  return {
    doctor: () => perform("doctor"),
    steady: () => perform("steady"),
    enter: () => perform("enter"),
    witness: () => perform("witness"),
    hold: () => perform("hold"),
    leave: () => perform("leave"),
    recover: () => perform("recover"),
    collect: () => perform("collect"),
    report: () => perform("report"),
  };
}

/** Runs all phases; returns the verdict, the entries and what was said. */
async function runOf(
  perform: (phase: Phase) => Promise<Findings>,
  interrupted: () => string | undefined = () => undefined,
) {
  const entries: Entry[] = [started];
  const said: string[] = [];
  const verdict = await runPhases(performers(perform), {
    now: () => new Date(at),
    write: (entry) => Promise.resolve(void entries.push(entry)),
    say: (line) => void said.push(line),
    interrupted,
  });
  return { verdict, entries, said };
}

/** The journal of a run that was killed in a phase. */
async function cutOffIn(phase: Phase): Promise<string> {
  const { entries } = await runOf(met);
  const end = entries.findIndex((one) => one.kind === "phase-ended" && one.phase === phase);
  return entries.slice(0, end).map(entryLine).join("");
}

describe("the journal of a run", () => {
  const withFault: readonly Phase[] = ["enter", "witness", "hold", "leave"];

  for (const phase of phases) {
    it(`says what state things are in after a kill in ${phase}`, async () => {
      const record = readJournal(await cutOffIn(phase));

      expect(record.current).to.equal(phase);
      expect(record.ended).to.equal(undefined);
      expect(mayHaveFault(record)).to.equal(withFault.includes(phase));
      expect(describeInterrupted(record)).to.equal(
        `run r1 was cut off in ${phase}: ` +
          (withFault.includes(phase)
            ? "payment-down may still be on"
            : "the shop is as it was before"),
      );
    });
  }

  it("is read although its last line is cut off", async () => {
    const text = await cutOffIn("hold");

    expect(readJournal(`${text}{"kind":"phase-en`)).to.deep.equal(readJournal(text));
  });

  it("is refused where another line is no entry", () => {
    expect(() => readJournal(`${entryLine(started)}{"kind"\n{}\n`)).to.throw(
      "line 2 of the journal is no JSON",
    );
    expect(() => readJournal("")).to.throw("does not begin with a run");
  });

  it("has a phase that threw as broken, and goes on to the way back", async () => {
    const done: Phase[] = [];
    const { verdict, entries } = await runOf((phase) => {
      done.push(phase);
      return phase === "hold" ? Promise.reject(new Error("no answer")) : met();
    });

    expect(verdict).to.equal("broken");
    expect(done).to.deep.equal([...phases]);
    const hold = entries.find((entry) => entry.kind === "phase-ended" && entry.phase === "hold");
    expect(hold).to.deep.include({ status: "broken", deviated: true, problems: ["no answer"] });
  });

  it("makes a run invalid that was interrupted, and still leaves", async () => {
    let signal: string | undefined;
    const done: Phase[] = [];
    const { verdict, said } = await runOf(
      (phase) => {
        done.push(phase);
        if (phase === "hold") signal = "SIGINT";
        return met();
      },
      () => signal,
    );

    expect(verdict).to.equal("invalid");
    expect(done).to.deep.equal([...phases]);
    expect(said).to.include("! interrupted by SIGINT");
  });

  it("is invalid, not broken, where the signal ended a program of ours as well", async () => {
    let signal: string | undefined;
    const { verdict, said } = await runOf(
      (phase) => {
        if (phase !== "enter") return met();
        signal = "SIGINT";
        return Promise.reject(new Error("pulumi up failed with exit code 255"));
      },
      () => signal,
    );

    expect(verdict).to.equal("invalid");
    expect(said).to.include.members([
      "! pulumi up failed with exit code 255",
      "! interrupted by SIGINT",
      "leave    met",
    ]);
  });

  it("says whether the shop was healthy before and after, and what took the fault back", async () => {
    const { entries } = await runOf((phase) =>
      phase === "recover" ? Promise.resolve({ status: "unmet", problems: [] }) : met(),
    );

    expect(entries.at(-1)).to.deep.include({
      steady_states: { before: true, after: false },
      rollbacks: [{ name: "leave", status: "met" }],
    });
  });

  it("knows that nothing was staged where the doctor refused", async () => {
    const { entries } = await runOf((phase) =>
      phase === "doctor" ? Promise.resolve({ status: "unmet", problems: ["no cluster"] }) : met(),
    );
    const record = readJournal(entries.slice(0, -1).map(entryLine).join(""));

    expect(mayHaveFault(record)).to.equal(false);
  });

  it("that cannot be written makes the run broken and does not stop the way back", async () => {
    const done: Phase[] = [];
    const said: string[] = [];
    const verdict = await runPhases(
      performers((phase) => {
        done.push(phase);
        return met();
      }),
      {
        now: () => new Date(at),
        write: () => Promise.reject(new Error("ENOSPC: no space left on device")),
        say: (line) => void said.push(line),
        interrupted: () => undefined,
      },
    );

    expect(verdict).to.equal("broken");
    expect(done).to.deep.equal([...phases]);
    expect(said.at(-1)).to.equal(
      "! the journal cannot be written: ENOSPC: no space left on device",
    );
  });
});
