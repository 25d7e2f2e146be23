import http from "node:http";
import https from "node:https";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { isPropertyMap, type PropertyValue } from "../../grpc/property-value.ts";
import { ApiError, oneLine, UnreachableError } from "./api-error.ts";
import type { Connection } from "./kubeconfig.ts";
import type { KubeObject } from "../objects/kube-object.ts";
import { requestOptions } from "./request-options.ts";

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";

  /** From the server's root, such as `/api/v1/namespaces/default`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: PropertyValue;

  /** Of the body; JSON when absent. */
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** The Kubernetes API, as far as a provider needs it. */
export interface ApiServer {
  /** Where it is, for messages. */
  readonly address: string;

  /** The answer's body. Throws ApiError, or UnreachableError when there is no answer. */
  request(request: ApiRequest): Promise<KubeObject>;

  /** Hands over each line of a watch; resolves when the server ends it, or on abort. */
  watch(request: ApiRequest, onEvent: (event: KubeObject) => void): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Nothing is sent yet. */
export function connect(connection: Connection): ApiServer {
  const address = connection.cluster.server;
  const open = opener(connection, address);
  return {
    address,
    async request(request) {
      const response = await open({ ...request, signal: withTimeout(request.signal) });
      return parseBody(response, await text(response));
    },
    async watch(request, onEvent) {
      const response = await open(request);
      if (response.statusCode !== 200) {
        parseBody(response, await text(response));
        return;
      }
      await readLines(response, onEvent, request.signal);
    },
  };
}

type Open = (request: ApiRequest) => Promise<http.IncomingMessage>;

function opener(connection: Connection, address: string): Open {
  const { request: send, Agent } = address.startsWith("https:") ? https : http;
  const kept = new Agent({ keepAlive: true });
  return async (request) => {
    // Asked for each time: a token may have expired.
    const options = await requestOptions(connection);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const headers: http.OutgoingHttpHeaders = {
      ...(options.headers as http.OutgoingHttpHeaders | undefined),
      ...(body === undefined ? {} : bodyHeaders(body, request)),
      accept: "application/json",
    };
    const { method, signal } = request;
    // The library's own agent, which goes by a proxy if there is one, reuses no connection.
    const agent = connection.cluster.proxyUrl === undefined ? kept : options.agent;
    const timeout = CONNECT_TIMEOUT_MS;
    const sent = send(urlOf(address, request), {
      ...options,
      agent,
      headers,
      method,
      signal,
      timeout,
    });
    const answer = answerOf(sent, address, signal);
    sent.end(body);
    return await answer;
  };
}

function answerOf(sent: http.ClientRequest, address: string, signal: AbortSignal | undefined) {
  return new Promise<http.IncomingMessage>((resolve, reject) => {
    sent.on("socket", (socket) => {
      const connected = () => sent.setTimeout(0);
      if (socket.connecting) socket.once("connect", connected);
      else connected();
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer within 10 s")));
    sent.on("response", resolve);
    sent.on("error", (error) => {
      const reason: unknown = signal?.reason;
      if (reason instanceof Error && reason.name !== "TimeoutError") {
        reject(reason);
        return;
      }
      reject(
        new UnreachableError(
          `the Kubernetes API server at ${address} is unreachable (${oneLine(error)}): ` +
            "start the cluster, or set the provider's kubeconfig and context to one that runs",
        ),
      );
    });
  });
}

/** The length must be said: Node sends the body of a DELETE without any framing otherwise. */
function bodyHeaders(body: string, { contentType }: ApiRequest): http.OutgoingHttpHeaders {
  return {
    "content-type": contentType ?? "application/json",
    "content-length": Buffer.byteLength(body),
  };
}

function urlOf(address: string, { path, query }: ApiRequest): URL {
  const url = new URL(address.replace(/\/$/, "") + path);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return url;
}

function withTimeout(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

function parseBody(response: http.IncomingMessage, body: string): KubeObject {
  const code = response.statusCode ?? 0;
  const parsed = parseJson(body);
  if (code >= 200 && code < 300 && parsed !== undefined) return parsed;
  throw new ApiError(code, parsed ?? { message: `the API server answered ${code}` });
}

function parseJson(body: string): KubeObject | undefined {
  try {
    const value = JSON.parse(body) as PropertyValue;
    return isPropertyMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function readLines(
  response: http.IncomingMessage,
  onEvent: (event: KubeObject) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    for await (const line of createInterface({ input: response })) {
      const event = parseJson(line);
      if (event !== undefined) onEvent(event);
    }
  } catch (error) {
    // A watch that breaks off is resumed by its caller, the same as one that ends.
    if (signal?.aborted !== true && !(error instanceof Error)) throw error;
  }
}
