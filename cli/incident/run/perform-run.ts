import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Context, print } from "../../context/context.ts";
import type { RunOptions } from "./journal.ts";
import type { Outcome } from "./phases.ts";
import { resultOf, type RunResult } from "./result.ts";
import { emptyMemory, type Run } from "./run.ts";
import { createJournal, ownProcess, runsFolder } from "./run-files.ts";
import { type Performers, runPhases } from "./run-phases.ts";
import { enter, leave } from "./steps/change.ts";
import { collect } from "./steps/collect.ts";
import { doctor } from "./steps/doctor.ts";
import { hold } from "./steps/hold.ts";
import { recover } from "./steps/recover.ts";
import { report } from "./steps/report.ts";
import { steady } from "./steps/steady.ts";
import { witness } from "./steps/witness.ts";

/** What several runs have in common. */
export interface RunShell {
  readonly context: Context;
  readonly stack: string;

  /** Text of the stack's file. */
  readonly config: string;
  readonly options: RunOptions;
}

/** Does all phases of one run, with a journal and a folder of its own. */
export async function performRun(
  { context, stack, config, options }: RunShell,
  interrupted: () => string | undefined,
): Promise<RunResult> {
  const start = new Date().toISOString();
  const id = `${start.replaceAll(/[-:]|\..*/g, "")}Z-${options.incident}-${randomBytes(2).toString("hex")}`;
  const folder = join(runsFolder(context.root), id);
  const journal = await createJournal(folder);
  const { write } = journal;
  const say = (line: string): void => {
    print(context, line);
  };
  const process = await ownProcess();
  await write({ kind: "run-started", at: start, run: id, stack, options, process, config });
  const memory = emptyMemory();
  const run: Run = {
    id,
    folder,
    start,
    stack,
    options,
    config,
    context,
    write,
    say,
    interrupted,
    memory,
  };
  say(`run ${id}, in runs/${id}`);
  let outcomes: readonly Outcome[] = [];
  const performers = performersOf(run, (known) => (outcomes = known));
  try {
    const shell = { now: () => new Date(), write, say, interrupted };
    const verdict = await runPhases(performers, shell);
    return { ...resultOf(run, memory, outcomes), verdict };
  } finally {
    await journal.close();
  }
}

/** @param ended - gets what became of the phases when the last one begins */
function performersOf(run: Run, ended: (outcomes: readonly Outcome[]) => void): Performers {
  return {
    doctor: () => doctor(run),
    steady: () => steady(run),
    enter: () => enter(run),
    witness: () => witness(run),
    hold: () => hold(run),
    leave: () => leave(run),
    recover: () => recover(run),
    collect: () => collect(run),
    report: (outcomes) => {
      ended(outcomes);
      return report(run, outcomes);
    },
  };
}
