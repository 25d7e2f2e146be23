import type { Store } from "../store.ts";
import { afterEvaluation } from "./state/evaluated-state.ts";
import { evaluate } from "./evaluate.ts";
import { planOf } from "./query/plan-of-query.ts";
import { liveSources, type TelemetryReader } from "./values/live-sources.ts";

interface TickerOptions {
  readonly store: Store;
  readonly telemetry: TelemetryReader;
  /** Milliseconds between two evaluations; Datadog's own is a minute. */
  readonly everyMs: number;
  readonly clock: () => Date;
  /** Takes one line for each evaluation that failed. */
  readonly report: (line: string) => void;
}

export interface Ticker {
  /** Evaluates now; evaluations never overlap. */
  tick(): Promise<void>;
  /** Ends after the evaluation under way. */
  close(): Promise<void>;
}

/** Evaluates the declared monitors again and again, at whole multiples of the interval. */
export function startTicker(options: TickerOptions): Ticker {
  const { store, telemetry, everyMs, clock, report } = options;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const evaluateOnce = async (): Promise<void> => {
    const now = clock();
    const state = store.current();
    if (state.monitors.length === 0) return;
    const sources = liveSources(telemetry, state);
    const { monitors } = state.evaluation;
    const evaluation = await evaluate(state.monitors, sources, monitors, now.getTime());
    for (const { id, name, type, query } of state.monitors) {
      const why = evaluation.state[id]?.why;
      // Queries that are never evaluated are listed, not reported again and again.
      const isNews = why !== monitors[id]?.why && planOf(type, query).kind !== "not evaluated";
      if (why !== undefined && isNews) report(`monitor ${id} "${name}" is not evaluated: ${why}`);
    }
    await store.transact((current) => ({
      state: afterEvaluation(current, evaluation),
      result: undefined,
    }));
  };
  const tick = (): Promise<void> => {
    running = running.then(evaluateOnce).catch((error: unknown) => {
      report(`monitors were not evaluated: ${(error as Error).message}`);
    });
    return running;
  };
  const wait = (): void => {
    const now = clock().getTime();
    timer = setTimeout(
      () => {
        void tick().then(wait);
      },
      everyMs - (now % everyMs),
    );
    timer.unref();
  };
  wait();
  return {
    tick,
    close: async () => {
      clearTimeout(timer);
      timer = undefined;
      await running;
      clearTimeout(timer);
    },
  };
}
