import { startWorkerProcess, WorkerGone, type WorkerProcess } from "./worker-process.ts";

/** How the worker fares, for people. */
export interface WorkerFigures {
  /** How often a new process had to take over. */
  restarts: number;
  /** Values that took longer than their bound, and that crashed the process again and again. */
  stuck: number;
  crashed: number;
  pid: number | undefined;
}

/** No process of the worker stays alive, or too much is asked of it at once. */
export class WorkerUnavailable extends Error {}

/** This number of starts in a row without one answer: Python or pyvrl is broken, not the values. */
const mostFutileStarts = 3;

/** A process that is started when it is wanted, and again after it ended. */
export class SupervisedProcess {
  readonly figures: WorkerFigures = { restarts: 0, stuck: 0, crashed: 0, pid: undefined };
  readonly #python: string;
  #process: WorkerProcess | undefined;
  #futile = 0;

  constructor(python: string) {
    this.#python = python;
  }

  /**
   * Asks the process. Rejects with a `WorkerGone` when it ends instead of answering, and with
   * `WorkerUnavailable` when none ever answers.
   */
  async ask(request: object): Promise<unknown> {
    this.#process ??= startWorkerProcess(this.#python);
    this.figures.pid = this.#process.pid;
    try {
      const reply = await this.#process.ask(request);
      this.#futile = 0;
      return reply;
    } catch (error) {
      this.#replace(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    await process?.close();
  }

  #replace(error: unknown): void {
    this.#process = undefined;
    this.figures.pid = undefined;
    this.figures.restarts += 1;
    const isStuck = error instanceof WorkerGone && error.isStuck;
    this.#futile += isStuck ? 0 : 1;
    if (this.#futile >= mostFutileStarts) {
      this.#futile = 0;
      throw new WorkerUnavailable((error as Error).message);
    }
  }
}
