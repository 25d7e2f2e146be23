import type { DatadogAccess } from "./account.ts";
import { Failure } from "../context/errors.ts";

/** One question to the Datadog API or its stand-in. */
export interface DatadogRequest {
  /** What is asked for, in words: `the list of monitors`. */
  readonly what: string;

  /** Path below the API's address, without a slash in front. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;

  /** Posted as JSON; absent: the question is a GET. */
  readonly body?: unknown;

  /** What an application key with scopes must be allowed. */
  readonly scope: string;
}

/** A response with an error status. */
interface Refused {
  readonly status: number;
  readonly text: string;
  readonly header: (name: string) => string | null;
}

const patienceMs = 10_000;

/**
 * Asks once and reads the answer's JSON.
 *
 * @throws Failure in one line: what was asked, what came, what to do; the keys are in no message
 */
export async function requestDatadog(
  access: DatadogAccess,
  question: DatadogRequest,
): Promise<unknown> {
  const { text, ...reply } = await send(access, question).catch((cause: unknown) => {
    throw new Failure(silence(access, cause), { cause });
  });
  if (!reply.ok) throw new Failure(masked(refusal(access, question, { text, ...reply }), access));
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(
      `${hostOf(access)} did not answer ${question.what} with JSON; ` +
        "check sock-shop:datadogApiUrl, and for a proxy in between",
    );
  }
}

async function send(
  { api, apiKey, appKey }: DatadogAccess,
  { path, parameters, body }: DatadogRequest,
): Promise<Refused & { ok: boolean }> {
  const url = new URL(path, api);
  url.search = new URLSearchParams(parameters).toString();
  const keys = { "dd-api-key": apiKey, "dd-application-key": appKey };
  const json = { "content-type": "application/json" };
  const reply = await fetch(url, {
    ...(body === undefined
      ? { headers: keys }
      : { method: "POST", headers: { ...keys, ...json }, body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(patienceMs),
  });
  const { ok, status, headers } = reply;
  return { ok, status, header: (name) => headers.get(name), text: await reply.text() };
}

function silence({ api, standIn }: DatadogAccess, error: unknown): string {
  const remedy = standIn
    ? "./lab status shows what runs"
    : "check the network, and sock-shop:datadogSite";
  return `${new URL(api).origin} does not answer (${reasonOf(error)}); ${remedy}`;
}

/** What is behind a failed connection says more than fetch's own words, which are always the same. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === "TimeoutError") return `no answer within ${patienceMs / 1000} s`;
  const { code, message: reason } = (cause ?? {}) as { code?: string; message?: string };
  return code ?? reason ?? message;
}

function refusal(
  access: DatadogAccess,
  { what, scope }: DatadogRequest,
  { status, text, header }: Refused,
): string {
  const host = hostOf(access);
  const words = errorsOf(text);
  if (status === 401 || status === 403) {
    return (
      `${host} refuses the keys (${status}${words}); sock-shop:datadogApiKey and ` +
      "sock-shop:datadogAppKey must be of an account on that site (sock-shop:datadogSite), and " +
      `an application key with scopes needs ${scope}`
    );
  }
  if (status === 429) {
    const [reset, limit, period] = ["reset", "limit", "period"].map((name) =>
      header(`x-ratelimit-${name}`),
    );
    const allowed = limit && period ? `, ${limit} requests in ${period} s are allowed` : "";
    return `${host} limits requests (429${allowed}); try again in ${reset ?? "60"} s`;
  }
  const remedy = access.standIn
    ? "./lab status shows what runs"
    : "see https://status.datadoghq.com";
  return `${host} answers ${what} with ${status}${words}${status < 500 ? "" : `; ${remedy}`}`;
}

/** The words of `{"errors":["…"]}`; nothing of a page that a proxy sent. */
function errorsOf(text: string): string {
  try {
    const { errors } = JSON.parse(text) as { errors?: unknown };
    const known = Array.isArray(errors) ? errors.filter((error) => typeof error === "string") : [];
    return known.length === 0 ? "" : `: ${known.join("; ").replaceAll(/\s+/g, " ")}`;
  } catch {
    return "";
  }
}

/** Whatever an answer repeats of the request, the keys stay out of sight. */
function masked(message: string, { apiKey, appKey, standIn }: DatadogAccess): string {
  if (standIn) return message;
  return message.replaceAll(apiKey, "[secret]").replaceAll(appKey, "[secret]");
}

function hostOf({ api }: DatadogAccess): string {
  return new URL(api).origin;
}
