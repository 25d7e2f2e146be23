import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** One Python process: one request at a time, answered by one line. */
export interface WorkerProcess {
  /** Rejects with a `WorkerGone` when the process ended instead of answering. */
  ask(request: unknown): Promise<unknown>;
  readonly pid: number | undefined;
  /** Ends it and waits for the end. */
  close(): Promise<void>;
}

/** The process ended before it answered; `isStuck` where a bound of time ended it. */
export class WorkerGone extends Error {
  readonly isStuck: boolean;

  constructor(message: string, isStuck: boolean) {
    super(message);
    this.isStuck = isStuck;
  }
}

/** A worker that neither answers nor uses the processor; far beyond any bound of processor time. */
const silenceMs = 60_000;

const script = join(import.meta.dirname, "worker.py");

/** @param python the interpreter of an environment that has pyvrl */
export function startWorkerProcess(python: string): WorkerProcess {
  const child = spawn(python, [script], { env: { RUST_BACKTRACE: "0" }, stdio: "pipe" });
  const gone = endOf(child);
  let waiting: ((line: string) => void) | undefined;
  createInterface({ input: child.stdout }).on("line", (line) => waiting?.(line));
  // the write that meets the end of the process; `gone` tells why it ended
  child.stdin.on("error", () => undefined);

  return {
    pid: child.pid,
    ask: async (request) => {
      const answer = new Promise<string>((resolve) => (waiting = resolve));
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const timer = setTimeout(() => child.kill("SIGKILL"), silenceMs);
      try {
        const end = gone.then((why) => {
          throw why;
        });
        return JSON.parse(await Promise.race([answer, end])) as unknown;
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

function endOf(child: ChildProcessWithoutNullStreams): Promise<WorkerGone> {
  let last = "";
  createInterface({ input: child.stderr }).on("line", (line) => (last = line));
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(new WorkerGone(`cannot start Python: ${error.message}`, false));
    });
    child.once("exit", (code, signal) => {
      const isStuck = signal === "SIGPROF";
      const how = signal ?? `code ${code ?? "?"}`;
      const words = last === "" ? "" : `: ${last}`;
      resolve(new WorkerGone(`the VRL worker ended with ${how}${words}`, isStuck));
    });
  });
}
