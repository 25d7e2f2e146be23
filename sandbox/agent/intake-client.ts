import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Batch } from "./agent-state.ts";

const compress = promisify(gzip);

/** The intakes of the Datadog stand-in. */
export interface IntakeClient {
  /**
   * Tries until the batch is taken or `signal` ends it. A batch that is refused for what it is would
   * be refused again: it is dropped, as by the Agent, and reported.
   */
  logs(batch: Batch): Promise<void>;
  /** Posts a body once; rejects where it is not taken. */
  post(path: string, body: unknown): Promise<void>;
}

interface IntakeOptions {
  /** Address of the stand-in. */
  readonly url: string;
  readonly signal: AbortSignal;
  readonly onProblem: (reason: string) => void;
  /** Called with why logs have to wait, and with undefined once they need not any more. */
  readonly onWait?: (reason: string | undefined) => void;
  /** Called with the number of logs of a batch that was refused. */
  readonly onRefused?: (logs: number) => void;
}

/** Replies on which the Agent drops a batch instead of sending it again. */
const refusals = [400, 401, 403, 413];

/** The stand-in takes any key; this one says in its request log who it was. */
const apiKey = "sandbox-agent";
const firstPauseMs = 200;
const longestPauseMs = 5_000;
const timeoutMs = 20_000;

export function intakeClient(options: IntakeOptions): IntakeClient {
  const { url, signal, onProblem, onWait = nothing, onRefused = nothing } = options;
  const send = async (
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    await fetch(new URL(path, url), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-encoding": "gzip",
        "dd-api-key": apiKey,
        ...headers,
      },
      body: await compress(JSON.stringify(body)),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });

  return {
    logs: async ({ id, logs }) => {
      const headers = { "dd-evp-origin": "agent", "sandbox-batch": id };
      let isWaiting = false;
      for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
        signal.throwIfAborted();
        const { result, retry, why } = await outcome(send("/api/v2/logs", logs, headers));
        if (result === "refused") {
          onProblem(`${logs.length} logs are lost: the intake refuses them (${why})`);
          onRefused(logs.length);
        }
        if (result !== "failed") {
          if (isWaiting) onWait(undefined);
          return;
        }
        if (!isWaiting) onProblem(`logs wait for the intake (${why})`);
        isWaiting = true;
        onWait(why);
        await sleep(retry ?? pause, undefined, { signal });
      }
    },
    post: async (path, body) => {
      const reply = await send(path, body);
      if (!reply.ok) throw new Error(`POST ${path}: ${await said(reply)}`);
      await reply.arrayBuffer();
    },
  };
}

function nothing(): void {
  // whoever asks for no news gets none
}

/** What came of a send, and why. */
async function outcome(sent: Promise<Response>) {
  try {
    const reply = await sent;
    const result = refusals.includes(reply.status) ? "refused" : reply.ok ? "taken" : "failed";
    return { result, retry: retryAfterMs(reply), why: await said(reply) } as const;
  } catch (error) {
    return { result: "failed", retry: undefined, why: reasonOf(error) } as const;
  }
}

function retryAfterMs({ headers }: Response): number | undefined {
  const seconds = Number(headers.get("retry-after") ?? "");
  return seconds > 0 ? seconds * 1000 : undefined;
}

async function said(reply: Response): Promise<string> {
  return `${reply.status} ${(await reply.text()).slice(0, 200)}`;
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
