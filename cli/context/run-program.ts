import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { Failure } from "./errors.ts";

/** Environment variables as a process gets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A program to run, without a shell. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;

  /** Where the output of an attached program goes. @default stdout */
  readonly output?: "stdout" | "stderr";
}

/** What a captured program left. */
export interface Captured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs programs; tests give one that records them. */
export interface Runner {
  /** Runs a program on the user's terminal; resolves to its exit code. */
  attach(program: Program): Promise<number>;

  /** Runs a program and collects what it prints. */
  capture(program: Program): Promise<Captured>;
}

/**
 * The real runner. While a program has the terminal, Ctrl-C is the program's: the terminal sends
 * SIGINT to both, and if we died first, Pulumi would be cut off from the screen in the middle of
 * saving its state. A SIGTERM, which only we get, is passed to the program.
 */
export const processRunner: Runner = {
  async attach(program) {
    const child = start(program, "inherit");
    const passOn = (): void => void child.kill("SIGTERM");
    const ignore = (): void => undefined;
    process.on("SIGINT", ignore).on("SIGTERM", passOn);
    try {
      return await exitCode(child, program);
    } finally {
      process.off("SIGINT", ignore).off("SIGTERM", passOn);
    }
  },

  async capture(program) {
    const child = start(program, "pipe");
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const code = await exitCode(child, program);
    return { code, stdout, stderr };
  },
};

function start(program: Program, stdio: "inherit" | "pipe"): ChildProcess {
  const { file, args, cwd, env, output = "stdout" } = program;
  const stdin = stdio === "inherit" ? "inherit" : "ignore";
  const stdout = stdio === "inherit" && output === "stderr" ? 2 : stdio;
  return spawn(file, args, { cwd, env: { ...env }, stdio: [stdin, stdout, stdio] });
}

function exitCode(child: ChildProcess, { file }: Program): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === "ENOENT" ? "not found" : cause.message;
      reject(new Failure(`cannot run ${file}: ${reason}; ./lab doctor tells more`, { cause }));
    });
    child.once("close", (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** The command line of a program as one would type it. */
export function commandLine(file: string, args: readonly string[]): string {
  return [file, ...args].map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
