import type { IncomingHttpHeaders, RequestOptions } from "node:http";
import { Agent, request } from "node:http";
import type { Address, Resolve } from "./address.ts";

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

/** How long an idle connection is kept, in milliseconds; servers keep theirs for five seconds. */
const IDLE_MS = 1_000;

/**
 * A client that looks names up among the cluster's Services.
 *
 * Idle connections are used again, else a minute of load would leave ten thousands of closed ones
 * behind; but none that was made before the Service moved to other pods. There is no time limit, as
 * in the services it stands for: who wants one sets it with `within`.
 */
export function createHttpCall(resolve: Resolve): HttpCall {
  const agentFor = keptAgents();
  return async (call) => {
    const url = new URL(call.url);
    const address = resolve(url.hostname, url.port === "" ? 80 : Number(url.port));
    const body = call.body ?? "";
    const hasBody = call.body !== undefined;
    return await exchange(
      {
        agent: agentFor(address),
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

interface KeptAgent {
  readonly epoch: number;
  readonly agent: Agent;
}

/** One agent per address; a new one when the address leads elsewhere. */
function keptAgents(): (address: Address) => Agent | false {
  const agents = new Map<number, KeptAgent>();
  return ({ port, epoch }) => {
    if (epoch === undefined) return false;
    const known = agents.get(port);
    if (known?.epoch === epoch) return known.agent;
    for (const socket of Object.values(known?.agent.freeSockets ?? {}).flat()) socket?.destroy();
    const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
    agents.set(port, { epoch, agent });
    return agent;
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
