import { setTimeout as sleep } from "node:timers/promises";
import { runSteps, type RunOutcome, type SendStep } from "./run-steps.ts";
import { type TestDefinition, whyNotRun } from "./test-definition.ts";

/** The parts of the private location's configuration that the stand-in reads. */
export interface WorkerConfig {
  /** Id of the private location. */
  readonly id: string;

  /** Address of the Datadog stand-in; the configuration of a real account has none. */
  readonly sandboxApi: string;
}

/** Reads the configuration; throws one line, and never a value of it, where it is not fit. */
export function readConfig(text: string): WorkerConfig {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error("the configuration of the private location is no JSON");
  }
  const { id, sandboxApi } = (parsed ?? {}) as Partial<WorkerConfig>;
  if (typeof id !== "string") throw new Error("the configuration names no private location");
  if (
    typeof sandboxApi !== "string" ||
    !/^http:\/\/(127\.0\.0\.1|localhost):\d+\/$/.test(sandboxApi)
  ) {
    throw new Error("the stand-in of the worker works for the Datadog stand-in alone");
  }
  return { id, sandboxApi };
}

export interface WorkerOptions {
  readonly config: WorkerConfig;
  readonly send: SendStep;
  readonly print: (line: string) => void;
}

export interface Worker {
  /** Whether it has asked for its tests successfully, and does so still. */
  readonly isReady: () => boolean;
  readonly stop: () => Promise<void>;
}

/** How often it asks which tests there are. */
const pollMs = 5_000;
const defaultTickSeconds = 60;
const requestMs = 10_000;

/** Runs the tests of a private location, each in its own interval, until it is stopped. */
export function startWorker({ config, send, print }: WorkerOptions): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const due = new Map<string, number>();
  const refused = new Map<string, string>();
  let ready = false;

  async function round(): Promise<void> {
    const tests = await testsOf(config);
    ready = true;
    for (const test of tests) {
      const why = whyNotRun(test);
      if (why !== undefined) {
        if (refused.get(test.public_id) !== why) print(`${test.name} is not run: ${why}`);
        refused.set(test.public_id, why);
        continue;
      }
      const now = Date.now();
      if (now < (due.get(test.public_id) ?? 0)) continue;
      due.set(test.public_id, now + (test.options.tick_every ?? defaultTickSeconds) * 1000);
      const outcome = await runWithRetries(test, send, signal);
      print(`${test.name}: ${outcome.passed ? "passed" : outcome.failure}`);
      await post(config, { test: test.public_id, location: config.id, at: now, ...outcome });
    }
  }
  async function loop(): Promise<void> {
    while (!signal.aborted) {
      await round().catch((error: unknown) => {
        ready = false;
        print(`no contact with Datadog's stand-in: ${(error as Error).message}`);
      });
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }
  const ended = loop();
  return {
    isReady: () => ready,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

/** A failed run is tried again as often as the test says; the last one counts. */
async function runWithRetries(
  { config, options }: TestDefinition,
  send: SendStep,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { count = 0, interval = 300 } = options.retry ?? {};
  let outcome = await runSteps(config, send);
  for (let tried = 0; !outcome.passed && tried < count; tried += 1) {
    await sleep(interval, undefined, { signal }).catch(() => undefined);
    outcome = await runSteps(config, send);
  }
  return outcome;
}

async function testsOf({ sandboxApi, id }: WorkerConfig): Promise<readonly TestDefinition[]> {
  const address = `${sandboxApi}sandbox/synthetics/tests?location=${encodeURIComponent(id)}`;
  const response = await fetch(address, { signal: AbortSignal.timeout(requestMs) });
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return ((await response.json()) as { tests: TestDefinition[] }).tests;
}

async function post({ sandboxApi }: WorkerConfig, result: object): Promise<void> {
  const response = await fetch(`${sandboxApi}sandbox/synthetics/results`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(result),
    signal: AbortSignal.timeout(requestMs),
  });
  if (!response.ok) throw new Error(`it refused a result with ${response.status}`);
}
