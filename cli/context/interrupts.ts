/** Signals that ask for an end, noted instead of obeyed. */
export interface Interrupts {
  /** The first signal that came; undefined while none did. */
  readonly signal: () => string | undefined;

  /** Lets signals end the process again. */
  readonly stop: () => void;
}

/**
 * Notes the first SIGINT or SIGTERM, so that what is under way can be taken back. A second one ends the
 * process at once.
 */
export function watchInterrupts(): Interrupts {
  let first: string | undefined;
  const signals = ["SIGINT", "SIGTERM"] as const;
  const note = (signal: NodeJS.Signals): void => {
    if (first !== undefined) process.exit(130);
    first = signal;
  };
  for (const signal of signals) process.on(signal, note);
  return {
    signal: () => first,
    stop: () => {
      for (const signal of signals) process.off(signal, note);
    },
  };
}
