import type { JsonMap } from "./json.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { refusal, unreachable } from "./api-error.ts";
import { parseJson } from "./canonical-json.ts";
import type { ProviderSettings } from "../provider-settings.ts";
import { retryDelay } from "./retry.ts";

/** A request to the API, by path from its root. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;

  /** An object, or JSON that is written already. */
  readonly body?: JsonMap | string;
}

/** Sends a request and answers its body; throws an ApiError for 4xx and 5xx. */
export type Api = (request: ApiRequest) => Promise<JsonMap>;

// The longest that one attempt may take; the API itself gives up sooner.
const ATTEMPT_MS = 60_000;

/** A client that repeats what may pass by itself (429, 5xx), and nothing else. */
export function apiClient(settings: ProviderSettings, signal: AbortSignal): Api {
  const { apiUrl, retry } = settings;
  return async (request) => {
    const begun = Date.now();
    for (let number = 0; ; number++) {
      const response = await send(settings, request, signal);
      const body = parseJson(await response.text());
      if (response.ok) return (body ?? {}) as JsonMap;
      const delay = retryDelay(
        {
          number,
          status: response.status,
          elapsed: (Date.now() - begun) / 1000,
          rateLimitReset: response.headers.get("x-ratelimit-reset"),
        },
        retry,
      );
      if (delay === undefined) {
        throw refusal(`${request.method} ${apiUrl}${request.path}`, response.status, body);
      }
      await sleep(delay * 1000, undefined, { signal });
    }
  };
}

async function send(settings: ProviderSettings, request: ApiRequest, signal: AbortSignal) {
  const { apiUrl, apiKey, appKey } = settings;
  const { method, path, body } = request;
  try {
    return await fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        ...(apiKey !== undefined && { "DD-API-KEY": apiKey }),
        ...(appKey !== undefined && { "DD-APPLICATION-KEY": appKey }),
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]),
    });
  } catch (error) {
    throw unreachable(apiUrl, error);
  }
}
