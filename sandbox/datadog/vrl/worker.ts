import { CompiledPrograms, type Outcome } from "./compiled-programs.ts";
import type { Program } from "./programs.ts";
import { SupervisedProcess, type WorkerFigures, WorkerUnavailable } from "./supervised-process.ts";
import { WorkerGone } from "./worker-process.ts";

/** VRL behind a supervised process: values go in batches, every value gets an outcome. */
export interface VrlWorker {
  /**
   * Runs a program on values. Waits while others do.
   *
   * @throws CompileError where VRL refuses the program; WorkerUnavailable where no process lives
   */
  run(program: Program, values: readonly unknown[]): Promise<Outcome[]>;
  readonly figures: Readonly<WorkerFigures>;
  close(): Promise<void>;
}

interface WorkerOptions {
  /** The interpreter of an environment that has pyvrl. */
  readonly python: string;
  /** Processor time for one value, in seconds. @default 1 */
  readonly secondsPerValue?: number;
  /** Processor time for compiling a program, in seconds. @default 10 */
  readonly secondsToCompile?: number;
}

/** How often a value may see the process crash before it is to blame. */
const mostTries = 2;

/** Most calls that may wait; whoever comes then is refused, so that nothing grows without bound. */
const mostWaiting = 256;

export function createVrlWorker(options: WorkerOptions): VrlWorker {
  const { python, secondsPerValue: perValue = 1, secondsToCompile: toCompile = 10 } = options;
  const process = new SupervisedProcess(python);
  const programs = new CompiledPrograms(process, { perValue, toCompile });
  let line = Promise.resolve();
  let waiting = 0;
  return {
    figures: process.figures,
    run: (program, values) => {
      if (waiting >= mostWaiting) {
        return Promise.reject(new WorkerUnavailable(`${mostWaiting} calls wait for VRL already`));
      }
      waiting += 1;
      const result = line.then(() => runAll({ programs, process, program }, values));
      line = result.then(
        () => undefined,
        () => undefined,
      );
      return result.finally(() => (waiting -= 1));
    },
    close: () => process.close(),
  };
}

interface Work {
  readonly programs: CompiledPrograms;
  readonly process: SupervisedProcess;
  readonly program: Program;
}

/** One by one after a batch ended the process, so that the value to blame is found. */
async function runAll(work: Work, values: readonly unknown[]): Promise<Outcome[]> {
  const outcomes = await unlessGone(work.programs.run(work.program, values));
  if (!(outcomes instanceof WorkerGone)) {
    return outcomes;
  }
  const singly: Outcome[] = [];
  for (const value of values) {
    singly.push(await runOne(work, value, mostTries));
  }
  return singly;
}

/** A crash may have come from outside: it is held against the value when it comes again. */
async function runOne(work: Work, value: unknown, tries: number): Promise<Outcome> {
  const outcomes = await unlessGone(work.programs.run(work.program, [value]));
  if (!(outcomes instanceof WorkerGone)) {
    return outcomes[0] ?? { failed: { how: "error", why: "no answer" } };
  }
  const { isStuck, message: why } = outcomes;
  if (!isStuck && tries > 1) {
    return await runOne(work, value, tries - 1);
  }
  work.process.figures[isStuck ? "stuck" : "crashed"] += 1;
  return { failed: { how: isStuck ? "stuck" : "crash", why } };
}

async function unlessGone(outcomes: Promise<Outcome[]>): Promise<Outcome[] | WorkerGone> {
  return await outcomes.catch((error: unknown) => {
    if (error instanceof WorkerGone) {
      return error;
    }
    throw error;
  });
}
