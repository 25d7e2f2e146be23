import type { IncomingHttpHeaders } from "node:http";

/** A request as a service sees it: whole body, read once. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body was longer than the listener reads; `body` is empty then. */
  readonly oversized: boolean;
}

export type HeaderValues = Readonly<Record<string, string | readonly string[]>>;

/** An answer, or the end of the connection without one (a crash of a Go handler). */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: HeaderValues;
  readonly body?: string | Uint8Array;
  /** Cut the connection instead of answering. */
  readonly abort?: boolean;
}

export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

const textOfStatus: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
};

/** The reason phrase that goes into the services' error bodies. */
export function statusText(status: number): string {
  return textOfStatus[status] ?? "";
}
