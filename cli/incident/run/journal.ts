import { type Outcome, type Phase, phases, type Status, type Verdict } from "./phases.ts";

/** The process that works on a run. */
interface RunProcess {
  readonly pid: number;

  /** Tells it from a later process with the same pid. */
  readonly identity: string;
}

/** What a run was asked for. */
export interface RunOptions {
  readonly incident: string;

  /** Seconds that the fault lasts, counted from its proof. */
  readonly holdSeconds: number;

  /** What ends the hold earlier: `restored`, or `monitor:` and the name of a monitor. */
  readonly until?: string;

  /** Customers of the load; 0 for none. Absent: as the stack has it. */
  readonly users?: number;
  readonly seed: number;

  /** Whether monitors may notify. */
  readonly notify: boolean;
}

/**
 * One line of a journal. Names of fields are those of Chaos Toolkit's journal where it has them:
 * `status`, `deviated`, `start`, `end`, `duration` (seconds).
 */
export type Entry =
  | {
      readonly kind: "run-started";
      readonly at: string;
      readonly run: string;
      readonly stack: string;
      readonly options: RunOptions;
      readonly process: RunProcess;

      /** Text of the stack's file before the run changed it. */
      readonly config: string;
    }
  | { readonly kind: "phase-started"; readonly at: string; readonly phase: Phase }
  | {
      readonly kind: "observed";
      readonly at: string;
      readonly phase: Phase;
      readonly what: string;
      readonly facts: unknown;
    }
  | {
      readonly kind: "phase-ended";
      readonly at: string;
      readonly phase: Phase;
      readonly status: Status;
      readonly deviated: boolean;
      readonly start: string;
      readonly end: string;
      readonly duration: number;
      readonly problems: readonly string[];
      readonly facts?: unknown;
    }
  | {
      readonly kind: "run-ended";
      readonly at: string;
      readonly status: "completed" | "interrupted";
      readonly verdict: Verdict;
      readonly deviated: boolean;
      readonly start: string;
      readonly end: string;
      readonly duration: number;

      /** Whether the shop was healthy before and after; absent where nobody has looked. */
      readonly steady_states?: { readonly before: boolean; readonly after: boolean };

      /** What took the fault back. */
      readonly rollbacks?: readonly { readonly name: Phase; readonly status: Status }[];
    };

type Started = Extract<Entry, { kind: "run-started" }>;

/** What a journal says of its run. */
export interface RunRecord {
  readonly started: Started;
  readonly outcomes: readonly Outcome[];

  /** The phase that was begun and not ended; the run is in it, or was when it was cut off. */
  readonly current?: Phase;

  /** Absent while the run lasts, and after it was cut off. */
  readonly ended?: Extract<Entry, { kind: "run-ended" }>;
  readonly entries: readonly Entry[];
}

/** One entry as a line of the file. */
export function entryLine(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

/**
 * Reads a journal. The last line may be cut off: whoever wrote it was killed.
 *
 * @throws if another line is no entry, or the first is not that of the start
 */
export function readJournal(text: string): RunRecord {
  const lines = text.split("\n");
  const entries = lines.flatMap((line, index): Entry[] => {
    if (line === "") return [];
    try {
      return [JSON.parse(line) as Entry];
    } catch (cause) {
      if (index === lines.length - 1) return [];
      throw new Error(`line ${index + 1} of the journal is no JSON`, { cause });
    }
  });
  const [started] = entries;
  if (started?.kind !== "run-started") throw new Error("the journal does not begin with a run");
  const outcomes = entries.flatMap((entry): Outcome[] =>
    entry.kind === "phase-ended"
      ? [{ phase: entry.phase, status: entry.status, problems: entry.problems }]
      : [],
  );
  const begun = entries.flatMap((entry) => (entry.kind === "phase-started" ? [entry.phase] : []));
  const current = begun.find((phase) => !outcomes.some((one) => one.phase === phase));
  const ended = entries.find((entry) => entry.kind === "run-ended");
  return { started, outcomes, entries, ...(current && { current }), ...(ended && { ended }) };
}

/** Whether the fault of an unfinished run may still be there. */
export function mayHaveFault({ outcomes, current }: RunRecord): boolean {
  const endOf = (phase: Phase) => outcomes.find((one) => one.phase === phase)?.status ?? "skipped";
  if (endOf("leave") === "met") return false;
  return endOf("enter") !== "skipped" || current === "enter";
}

/** What state an unfinished run left things in, in one line. */
export function describeInterrupted(record: RunRecord): string {
  const { started, current, outcomes } = record;
  const { run, options } = started;
  const done = outcomes.filter(({ status }) => status !== "skipped").length;
  const where =
    current === undefined ? `after ${done} of ${phases.length} phases` : `in ${current}`;
  const state = mayHaveFault(record)
    ? `${options.incident} may still be on`
    : "the shop is as it was before";
  return `run ${run} was cut off ${where}: ${state}`;
}

/** Seconds between two times, to the millisecond. */
export function secondsBetween(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / 1000;
}
