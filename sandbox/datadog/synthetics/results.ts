import { createHash } from "node:crypto";
import type { State, SyntheticsResult } from "../state.ts";

/** What the worker's stand-in sends of one run. */
export interface SentResult {
  /** Public id of the test. */
  readonly test: string;

  /** Id of the private location that ran it. */
  readonly location: string;

  /** When the run began, in milliseconds since 1970. */
  readonly at: number;
  readonly passed: boolean;

  /** Name of the step that failed and why, in one line; absent when all passed. */
  readonly failure?: string;
}

/** How many results of each test are kept. */
const mostResults = 200;

/** Why a result is refused; undefined where it is fine. */
export function whyNotResult(state: State, body: unknown): string | undefined {
  const { test, location, at, passed, failure } = (body ?? {}) as Partial<
    Record<keyof SentResult, unknown>
  >;
  const found = state.synthetics.tests.find(({ public_id: id }) => id === test);
  if (found === undefined) return "test must be the public id of a declared test";
  if (typeof location !== "string" || !found.locations.includes(location)) {
    return "location must be one of the test's";
  }
  if (typeof at !== "number" || !Number.isSafeInteger(at)) return "at must be milliseconds";
  if (typeof passed !== "boolean") return "passed must be true or false";
  return isFailure(failure) ? undefined : "failure must be a text of at most 500 letters";
}

function isFailure(failure: unknown): boolean {
  return failure === undefined || (typeof failure === "string" && failure.length <= 500);
}

/** The state with one more result; a result that came before changes nothing. */
export function withResult(state: State, sent: SentResult): State {
  const { test, location, at, passed, failure } = sent;
  const id = createHash("sha256").update(`${test} ${location} ${at}`).digest("hex").slice(0, 19);
  const { results } = state.synthetics;
  if (results.some((one) => one.id === id)) return state;
  const result: SyntheticsResult = {
    id,
    test,
    location,
    at,
    passed,
    ...(failure !== undefined && { failure }),
  };
  const own = results.filter((one) => one.test === test).slice(1 - mostResults);
  const others = results.filter((one) => one.test !== test);
  const sorted = [...others, ...own, result].sort((a, b) => a.at - b.at);
  return { ...state, synthetics: { ...state.synthetics, results: sorted } };
}
