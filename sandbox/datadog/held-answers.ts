import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { Refusal } from "./http/handler.ts";

/**
 * Answers that wait although their work is done, so that a test can cut a client off in between: what
 * it asked for is there, and it never gets the answer.
 */
export interface HeldAnswers {
  /**
   * Takes the body of `POST /sandbox/hold`; what was held before goes out.
   *
   * @throws Refusal for a body or a route that is wrong
   */
  hold(body: unknown): void;

  /** Waits while that route's answers are held. */
  wait(route: string): Promise<void>;

  /** Lets everything go. */
  release(): void;
}

/** Seconds after which an answer goes out at the latest: a forgotten hold stops nobody for good. */
const longest = 300;

const holdSchema = z.strictObject({
  routes: z.array(z.string()),
  seconds: z.number().int().min(1).max(longest).default(longest),
});

/** @param known routes, such as `POST /api/v1/slo` */
export function heldAnswers(known: readonly string[]): HeldAnswers {
  let held = new Set<string>();
  let seconds = longest;
  let end = new AbortController();
  const release = (): void => {
    end.abort();
    end = new AbortController();
    held = new Set();
  };
  return {
    hold: (body) => {
      const { data, error } = holdSchema.safeParse(body);
      if (data === undefined) {
        const problems = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
        throw new Refusal(400, problems);
      }
      const odd = data.routes.find((route) => !known.includes(route));
      if (odd !== undefined) {
        throw new Refusal(400, `unknown route "${odd}" (expected one such as POST /api/v1/slo)`);
      }
      release();
      held = new Set(data.routes);
      seconds = data.seconds;
    },
    wait: async (route) => {
      if (!held.has(route)) return;
      await sleep(seconds * 1000, undefined, { signal: end.signal, ref: false }).catch(
        (error: unknown) => {
          if ((error as Error).name !== "AbortError") throw error;
        },
      );
    },
    release,
  };
}
