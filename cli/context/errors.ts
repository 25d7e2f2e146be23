/** Exit codes of `lab`; they are documented in its help. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;

/**
 * Something went wrong that the user can do something about. The message is one lower-case line
 * that says what, what was got and what to do; it is shown without a stack trace.
 */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? exitCodes.failed;
  }
}

/** The command line itself is wrong. */
export class UsageFailure extends Failure {
  constructor(message: string) {
    super(message, { exitCode: exitCodes.usage });
  }
}
