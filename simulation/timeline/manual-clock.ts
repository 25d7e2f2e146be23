import type { Clock } from "../../sandbox/shop/clock.ts";

interface Timer {
  readonly ms: number;
  readonly action: () => void;
}

/** A clock that a test moves: timers run when their duration is said to have passed. */
export interface ManualClock extends Clock {
  /** Resolves once somebody waits for exactly `ms` milliseconds. */
  awaited(ms: number): Promise<void>;
  /** Runs all timers that wait for exactly `ms` milliseconds, and moves the time on by it. */
  pass(ms: number): void;
}

/** Starts at 2030-01-02T03:04:05.006Z; each look at it takes a microsecond. */
export function manualClock(): ManualClock {
  let nanos = BigInt(Date.UTC(2030, 0, 2, 3, 4, 5, 6)) * 1_000_000n;
  let timers: Timer[] = [];
  let watchers: { readonly ms: number; readonly seen: () => void }[] = [];

  return {
    nanos: () => (nanos += 1_000n),
    after: (ms, action) => {
      const timer = { ms, action };
      if (ms === 0) setImmediate(action);
      else timers.push(timer);
      for (const watcher of watchers.filter((one) => one.ms === ms)) watcher.seen();
      watchers = watchers.filter((one) => one.ms !== ms);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    awaited: (ms) =>
      new Promise((resolve) => {
        if (timers.some((timer) => timer.ms === ms)) resolve();
        else watchers.push({ ms, seen: resolve });
      }),
    pass: (ms) => {
      const due = timers.filter((timer) => timer.ms === ms);
      timers = timers.filter((timer) => timer.ms !== ms);
      nanos += BigInt(ms) * 1_000_000n;
      for (const timer of due) timer.action();
    },
  };
}
