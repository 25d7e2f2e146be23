import { type Entry, secondsBetween } from "./journal.ts";
import { nextStep, type Outcome, type Phase, type Status, type Verdict } from "./phases.ts";

/** What a phase found out. */
export interface Findings {
  readonly status: Exclude<Status, "skipped" | "broken">;
  readonly problems: readonly string[];

  /** What is worth keeping of it. */
  readonly facts?: unknown;
}

/** How each phase is done. */
export type Performers = Readonly<
  Record<Phase, (outcomes: readonly Outcome[]) => Promise<Findings>>
>;

/** What the phases need of the outside. */
interface Shell {
  readonly now: () => Date;

  /** Keeps an entry for good before it resolves. */
  readonly write: (entry: Entry) => Promise<void>;

  /** For the user. */
  readonly say: (line: string) => void;

  /** The signal that asked for an end of the run; absent while none did. */
  readonly interrupted: () => string | undefined;
}

/**
 * Does one phase after the other, and journals each before and after. A journal that cannot be
 * written, on a full disk, makes the run broken; it does not stop the way back to health.
 */
export async function runPhases(performers: Performers, shell: Shell): Promise<Verdict> {
  const { now } = shell;
  let unwritten: string | undefined;
  const write = async (entry: Entry): Promise<void> => {
    await shell.write(entry).catch((error: unknown) => {
      unwritten ??= `the journal cannot be written: ${messageOf(error)}`;
    });
  };
  const start = now().toISOString();
  const outcomes: Outcome[] = [];
  for (;;) {
    const step = nextStep(outcomes);
    if (step.kind === "end") {
      const verdict = unwritten === undefined ? step.verdict : "broken";
      if (unwritten !== undefined) shell.say(`! ${unwritten}`);
      const end = now().toISOString();
      await write({
        kind: "run-ended",
        at: end,
        status: "completed",
        verdict,
        deviated: verdict !== "valid",
        ...{ start, end, duration: secondsBetween(start, end) },
        steady_states: { before: isMet("steady", outcomes), after: isMet("recover", outcomes) },
        rollbacks: outcomes
          .filter(({ phase }) => phase === "leave")
          .map(({ phase, status }) => ({ name: phase, status })),
      });
      return verdict;
    }
    const begun = now().toISOString();
    if (step.kind === "perform") {
      await write({ kind: "phase-started", at: begun, phase: step.phase });
    }
    const found =
      step.kind === "skip"
        ? { status: "skipped" as const, problems: [] }
        : await findingsOf(() => performers[step.phase]([...outcomes]), shell.interrupted);
    outcomes.push({ phase: step.phase, status: found.status, problems: found.problems });
    await write(endOf(step.phase, begun, found, now().toISOString()));
    sayOutcome(shell.say, step.phase, found);
  }
}

function isMet(phase: Phase, outcomes: readonly Outcome[]): boolean {
  return outcomes.some((one) => one.phase === phase && one.status === "met");
}

interface Found extends Omit<Findings, "status"> {
  readonly status: Status;
}

/**
 * A signal that came during a phase makes it unmet, even where it ended a program of ours, which got it,
 * too. It does not stop the way back to health.
 */
async function findingsOf(
  perform: () => Promise<Findings>,
  interrupted: () => string | undefined,
): Promise<Found> {
  const before = interrupted();
  const found: Found = await perform().catch((error: unknown) => {
    return { status: "broken", problems: [messageOf(error)] };
  });
  const signal = interrupted();
  if (signal === before) return found;
  const problems = [...found.problems, `interrupted by ${signal ?? "a signal"}`];
  return { ...found, status: "unmet", problems };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function endOf(phase: Phase, start: string, found: Found, end: string): Entry {
  const { status, problems, facts } = found;
  return {
    kind: "phase-ended",
    at: end,
    phase,
    status,
    deviated: status === "unmet" || status === "broken",
    ...{ start, end, duration: secondsBetween(start, end), problems },
    ...(facts !== undefined && { facts }),
  };
}

function sayOutcome(say: Shell["say"], phase: Phase, { status, problems }: Found): void {
  if (status === "skipped") return;
  say(`${phase.padEnd(8)} ${status}`);
  for (const problem of problems) say(`! ${problem}`);
}
