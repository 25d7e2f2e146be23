import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Batch } from "./agent-state.ts";

const compress = promisify(gzip);

/** The intakes of the Datadog stand-in. A send is tried until it is taken or `signal` ends it. */
export interface IntakeClient {
  logs(batch: Batch): Promise<void>;
  /** Posts a body once; rejects where it is not taken. */
  post(path: string, body: unknown): Promise<void>;
}

interface IntakeOptions {
  /** Address of the stand-in. */
  readonly url: string;
  readonly signal: AbortSignal;
  readonly onProblem: (reason: string) => void;
}

/** The stand-in takes any key; this one says in its request log who it was. */
const apiKey = "sandbox-agent";
const firstPauseMs = 200;
const longestPauseMs = 5_000;
const timeoutMs = 20_000;

export function intakeClient({ url, signal, onProblem }: IntakeOptions): IntakeClient {
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
      let told = false;
      for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
        signal.throwIfAborted();
        const trial = await send("/api/v2/logs", logs, headers).then(
          async (reply) => ({ ok: reply.ok, retry: retryAfterMs(reply), why: await said(reply) }),
          (error: unknown) => ({ ok: false, retry: undefined, why: reasonOf(error) }),
        );
        if (trial.ok) return;
        if (!told) onProblem(`logs wait for the intake (${trial.why})`);
        told = true;
        await sleep(trial.retry ?? pause, undefined, { signal });
      }
    },
    post: async (path, body) => {
      const reply = await send(path, body);
      if (!reply.ok) throw new Error(`POST ${path}: ${await said(reply)}`);
      await reply.arrayBuffer();
    },
  };
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
