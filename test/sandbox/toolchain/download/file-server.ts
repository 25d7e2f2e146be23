import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on the loopback interface that answers as each test wants. */
export interface FileServer {
  readonly url: (path: string) => string;

  /** `<method> <path> <range>` of every request so far. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

export async function fileServer(handlers: Record<string, Handler>): Promise<FileServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    requests.push([method, url, headers.range].filter((part) => part !== undefined).join(" "));
    const handler = handlers[url];
    if (handler) handler(request, response);
    else response.writeHead(404).end("no such file");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Serves a text whole, or from where a range request wants it. */
export function serve(text: string): Handler {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? Number.NaN);
    if (Number.isNaN(from)) {
      response.writeHead(200, { "content-length": text.length }).end(text);
    } else if (from >= text.length) {
      response.writeHead(416).end();
    } else {
      const part = text.slice(from);
      response.writeHead(206, { "content-length": part.length }).end(part);
    }
  };
}
