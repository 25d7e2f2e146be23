import type { Clock } from "../clock.ts";
import { millis } from "../clock.ts";
import { GoError } from "./go-error.ts";

/** gobreaker's defaults: opens at the sixth failure in a row, tries again after 30 s. */
const FAILURES_TO_OPEN = 6;
const OPEN_MS = 30_000;

/** Passes calls on until too many in a row have thrown; then refuses all without calling. */
export type CircuitBreaker = <T>(call: () => Promise<T>) => Promise<T>;

export function circuitBreaker(clock: Clock): CircuitBreaker {
  let failures = 0;
  let openUntil: number | undefined;

  return async (call) => {
    const halfOpen = openUntil !== undefined;
    if (openUntil !== undefined && millis(clock) < openUntil)
      throw new GoError("circuit breaker is open");
    try {
      const result = await call();
      failures = 0;
      openUntil = undefined;
      return result;
    } catch (error) {
      failures += 1;
      if (halfOpen || failures >= FAILURES_TO_OPEN) openUntil = millis(clock) + OPEN_MS;
      throw error;
    }
  };
}
