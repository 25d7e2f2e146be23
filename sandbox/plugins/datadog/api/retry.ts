import type { RetrySettings } from "../provider-settings.ts";

/** An attempt that did not succeed. */
export interface Attempt {
  /** 0 for the first one. */
  readonly number: number;
  readonly status: number;

  /** Seconds since the first attempt began. */
  readonly elapsed: number;

  /** The `X-Ratelimit-Reset` header: seconds until requests count from 0. */
  readonly rateLimitReset: string | null;
}

/** Seconds to wait before the next attempt; undefined when there is none. */
export function retryDelay(attempt: Attempt, settings: RetrySettings): number | undefined {
  const retryable = attempt.status === 429 || attempt.status >= 500;
  if (!settings.enabled || !retryable || attempt.number >= settings.maxRetries) return undefined;
  const backoff = settings.backoffBase * settings.backoffMultiplier ** attempt.number;
  const reset = attempt.status === 429 ? Number(attempt.rateLimitReset ?? NaN) : NaN;
  const delay = Number.isFinite(reset) && reset >= 0 ? reset : backoff;
  return attempt.elapsed + delay > settings.timeout ? undefined : delay;
}
