import type { HeaderValues, HttpResponse } from "../../http/message.ts";
import type { JsonObject } from "../json.ts";

/** An answer, and whether morgan sees its headers leave: it then knows the length. */
export interface Answer extends HttpResponse {
  readonly seenByMorgan: boolean;
}

/**
 * `res.writeHeader` plus `res.write`: no content type, no length, and past the hook of a newer
 * morgan, whose access line then shows no time. All API routes of the front-end answer this way.
 */
export function written(status: number, body = ""): Answer {
  return { status, body, headers: { "transfer-encoding": "chunked" }, seenByMorgan: false };
}

/** `res.send` of an object or a text. */
export function sent(status: number, body: JsonObject | string, extra: HeaderValues = {}): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/html" : "application/json";
  const headers = {
    "x-powered-by": "Express",
    "content-type": `${type}; charset=utf-8`,
    "content-length": String(Buffer.byteLength(text)),
    ...extra,
  };
  return { status, body: text, headers, seenByMorgan: true };
}

/** `res.end()` without a body. */
export function ended(status: number): Answer {
  return { status, seenByMorgan: true };
}

/** What Express answers where no route fits. */
export function notFound(method: string, url: string): Answer {
  const shown = url.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return sent(404, `Cannot ${method} ${shown.replace(/"/g, "&quot;")}\n`, {
    "x-content-type-options": "nosniff",
  });
}

/** The front-end's own error handler: the message, and whatever of the error JSON shows. */
export function errorAnswer(error: Error): Answer {
  // As JSON.stringify sees an error: its own enumerable fields, so a plain one is {}.
  const shown = JSON.parse(JSON.stringify(error)) as JsonObject;
  return sent(500, { message: error.message, error: shown });
}
