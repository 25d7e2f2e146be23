import { compileError, keyOf, type Program } from "./programs.ts";
import type { SupervisedProcess } from "./supervised-process.ts";
import { WorkerGone } from "./worker-process.ts";

/** What became of one value: the program's answer, or why there is none. */
export type Outcome = { readonly value: unknown } | { readonly failed: Failure };

/** `stuck` and `crash` ended the worker, `error` did not. */
export interface Failure {
  readonly how: "stuck" | "crash" | "error";
  readonly why: string;
}

/** VRL refuses the program. */
export class CompileError extends Error {}

/** Processor time in seconds. */
export interface Bounds {
  readonly perValue: number;
  readonly toCompile: number;
}

type Reply = { results: ({ value: unknown } | { error: string })[] } | { error: string };

/** Compiles each program once in the life of a process, and never again one that VRL refused. */
export class CompiledPrograms {
  readonly #process: SupervisedProcess;
  readonly #bounds: Bounds;
  readonly #refused = new Map<string, CompileError>();
  #compiled = { restarts: 0, keys: new Set<string>() };

  constructor(process: SupervisedProcess, bounds: Bounds) {
    this.#process = process;
    this.#bounds = bounds;
  }

  /** Rejects as `SupervisedProcess.ask` does, or with a `CompileError`. */
  async run(program: Program, values: readonly unknown[]): Promise<Outcome[]> {
    const key = keyOf(program);
    await this.#compile(key, program);
    const reply = await this.#ask({ key, values, seconds: this.#bounds.perValue });
    if ("error" in reply) {
      throw new Error(`the VRL worker does not understand us: ${reply.error}`);
    }
    return reply.results.map(outcomeOf);
  }

  async #compile(key: string, program: Program): Promise<void> {
    const known = this.#refused.get(key);
    if (known !== undefined) {
      throw known;
    }
    if (this.#keys().has(key)) {
      return;
    }
    const { toCompile: compileSeconds } = this.#bounds;
    const request = { key, program, values: [], compileSeconds, seconds: 0 };
    const reply = await this.#ask(request).catch((error: unknown) => {
      if (error instanceof WorkerGone && error.isStuck) {
        return { error: `VRL needs more than ${compileSeconds} s to compile it` };
      }
      throw error;
    });
    if ("error" in reply) {
      const error = new CompileError(compileError(reply.error));
      this.#refused.set(key, error);
      throw error;
    }
    this.#keys().add(key);
  }

  /** What the process of now has compiled. */
  #keys(): Set<string> {
    const { restarts } = this.#process.figures;
    if (restarts !== this.#compiled.restarts) {
      this.#compiled = { restarts, keys: new Set() };
    }
    return this.#compiled.keys;
  }

  async #ask(request: object): Promise<Reply> {
    return (await this.#process.ask(request)) as Reply;
  }
}

function outcomeOf(result: { value: unknown } | { error: string }): Outcome {
  return "error" in result ? { failed: { how: "error", why: result.error } } : result;
}
