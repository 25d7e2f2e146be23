/** Time as the shop's pods see it. Injected, so that tests decide when five seconds are over. */
export interface Clock {
  /** Nanoseconds since the Unix epoch; never goes back. */
  nanos(): bigint;

  /** Runs `action` once after `ms` milliseconds. Returns a function that cancels it. */
  after(ms: number, action: () => void): () => void;
}

const startedAt = BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint();

/** The machine's own time. */
export const systemClock: Clock = {
  nanos: () => startedAt + process.hrtime.bigint(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Milliseconds since the Unix epoch. */
export function millis(clock: Clock): number {
  return Number(clock.nanos() / 1_000_000n);
}

/** Somebody waited for an answer longer than allowed. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/**
 * Waits for `promise` at most `ms` milliseconds, then throws a DeadlineError.
 *
 * The work behind the promise goes on, as behind Java's `Future.get(timeout)`: a payment that is
 * slower than the deadline is still authorised. That is how money gets lost.
 */
export function within<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      reject(new DeadlineError(`no answer within ${ms} ms`));
    });
    promise.then(resolve, reject).finally(cancel);
  });
}

/** Resolves after `ms` milliseconds, earlier when `stopped` is aborted. */
export function sleep(clock: Clock, ms: number, stopped?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    stopped?.addEventListener("abort", () => {
      cancel();
      resolve();
    });
  });
}
