/** An answer that is no success, with the API's own sentences. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The stand-in wants keys where Datadog does, and looks at no value. */
const keys = { "dd-api-key": "page", "dd-application-key": "page" };

/** Asks the API; a slower answer than this is none. */
const longestMs = 15_000;

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, { method: "GET", headers: keys }, signal);
}

export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { ...keys, "content-type": "application/json" };
  return send<T>(path, { method: "POST", headers, body: JSON.stringify(body) }, signal);
}

async function send<T>(path: string, request: RequestInit, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(longestMs);
  const both = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  let response: Response;
  try {
    response = await fetch(path, { ...request, signal: both });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiError(0, "the stand-in does not answer: is the sandbox up? (./lab status)");
  }
  const text = await response.text();
  if (!response.ok) throw new ApiError(response.status, sentences(text) ?? response.statusText);
  return JSON.parse(text) as T;
}

/** The sentences of an error in each of the API's shapes. */
function sentences(text: string): string | undefined {
  try {
    const { errors, error } = JSON.parse(text) as { errors?: unknown; error?: unknown };
    const all = Array.isArray(errors) ? (errors as readonly unknown[]) : [error];
    const words = all.map(sentence).filter((one) => one !== "");
    return words.length === 0 ? undefined : words.join("; ");
  } catch {
    return undefined;
  }
}

function sentence(one: unknown): string {
  if (typeof one === "string") return one;
  const { detail, message } = (one ?? {}) as { detail?: unknown; message?: unknown };
  const words = detail ?? message;
  return typeof words === "string" ? words : "";
}

/** The words of anything that went wrong. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
