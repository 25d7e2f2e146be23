import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { whyRefused } from "./loopback-guard.ts";
import type { Handler, HttpRequest, HttpResponse } from "./message.ts";

/** A listening server. */
export interface Listener {
  readonly port: number;
  /** Closes the port and cuts every open connection, as the end of a process does. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly handle: Handler;
  /** Called when the handler throws: a fault of the stand-in itself, the connection is cut. */
  readonly onFault: (error: unknown) => void;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Longest body that is read, in bytes. */
  readonly bodyLimit?: number;
}

const BODY_LIMIT = 8 * 1024 * 1024;

/**
 * Serves `handle` on 127.0.0.1, to programs of this machine and to pages of its own: requests that a
 * page of the web makes a browser send are answered 403. Rejects with Node's error where the port is
 * taken.
 */
export function listen(options: ListenOptions): Promise<Listener> {
  const bodyLimit = options.bodyLimit ?? BODY_LIMIT;
  const server = createServer((incoming, outgoing) => {
    const reason = whyRefused(incoming, "cluster");
    if (reason !== undefined) {
      refuse(incoming, outgoing, reason);
      return;
    }
    readRequest(incoming, bodyLimit)
      .then((request) => options.handle(request))
      .then(
        (response) => {
          send(outgoing, response);
        },
        (error: unknown) => {
          outgoing.destroy();
          if (!isHangUp(error)) options.onFault(error);
        },
      );
  });

  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            server.close(() => {
              closed();
            });
            server.closeAllConnections();
          }),
      });
    });
  });
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, error: string): void {
  incoming.resume();
  const headers = { "content-type": "application/json; charset=utf-8", connection: "close" };
  outgoing.writeHead(403, headers).end(`${JSON.stringify({ error })}\n`);
}

/** The client went away while it was still sending: nobody's fault. */
class HangUp extends Error {}

function isHangUp(error: unknown): boolean {
  return error instanceof HangUp;
}

function readRequest(incoming: IncomingMessage, bodyLimit: number): Promise<HttpRequest> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= bodyLimit) chunks.push(chunk);
    });
    incoming.on("error", () => {
      reject(new HangUp());
    });
    incoming.on("end", () => {
      const url = incoming.url ?? "/";
      const queryAt = url.indexOf("?");
      const oversized = length > bodyLimit;
      resolve({
        method: incoming.method ?? "GET",
        url,
        path: queryAt === -1 ? url : url.slice(0, queryAt),
        query: new URLSearchParams(queryAt === -1 ? "" : url.slice(queryAt + 1)),
        headers: incoming.headers,
        body: oversized ? "" : Buffer.concat(chunks).toString("utf8"),
        oversized,
      });
    });
  });
}

function send(outgoing: ServerResponse, response: HttpResponse): void {
  if (response.abort === true) {
    outgoing.destroy();
    return;
  }
  for (const [name, value] of Object.entries(response.headers ?? {})) {
    outgoing.setHeader(name, value);
  }
  outgoing.writeHead(response.status);
  outgoing.end(response.body);
}
