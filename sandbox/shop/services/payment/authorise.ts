/** What payment answers; `error` is an HTTP 500. */
export type Decision =
  | { readonly authorised: boolean; readonly message: string }
  | { readonly authorised: false; readonly error: string };

/**
 * Authorises amounts up to the limit, the limit itself included. Both are float32 as in Go: the
 * comparison happens after rounding.
 */
export function authorise(amount: number, limit: number): Decision {
  if (amount <= 0) return { authorised: false, error: "Invalid payment amount" };
  if (amount <= limit) return { authorised: true, message: "Payment authorised" };
  return {
    authorised: false,
    message: `Payment declined: amount exceeds ${limit.toFixed(2)}`,
  };
}
