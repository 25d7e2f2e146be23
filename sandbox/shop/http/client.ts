import type { IncomingHttpHeaders, RequestOptions } from "node:http";
import { request } from "node:http";
import type { Resolve } from "./address.ts";

export interface HttpCallRequest {
  readonly method?: string;
  /** Absolute, with the Service's own name: `http://payment/paymentAuth`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpCallResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Rejects with Node's own socket errors (`code` ECONNREFUSED, ENOTFOUND, ECONNRESET, …). */
export type HttpCall = (call: HttpCallRequest) => Promise<HttpCallResponse>;

/**
 * A client that looks names up among the cluster's Services.
 *
 * A connection per call and no time limit, as in the services it stands for: a Service that moves
 * to other pods is followed at once, and who wants a limit sets it with `within`.
 */
export function createHttpCall(resolve: Resolve): HttpCall {
  return async (call) => {
    const url = new URL(call.url);
    const address = resolve(url.hostname, url.port === "" ? 80 : Number(url.port));
    const body = call.body ?? "";
    const hasBody = call.body !== undefined;
    return await exchange(
      {
        agent: false,
        host: address.host,
        port: address.port,
        method: call.method ?? "GET",
        path: url.pathname + url.search,
        headers: {
          host: url.host,
          ...(hasBody ? { "content-length": String(Buffer.byteLength(body)) } : {}),
          ...call.headers,
        },
      },
      body,
    );
  };
}

function exchange(options: RequestOptions, body: string): Promise<HttpCallResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        resolve({
          status: incoming.statusCode ?? 0,
          reason: incoming.statusMessage ?? "",
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
