import type { FastifyRequest } from "fastify";
import { withoutKeys } from "./request-guard.ts";
import { isOfPage } from "../../page/serve/page.ts";
import type { RequestRecord } from "../state.ts";
import type { Store } from "../store.ts";

/** What was asked of the stand-in. Unknown requests outlive a restart, the others do not. */
export interface RequestLog {
  /** Notes an answered request. */
  add(request: FastifyRequest, status: number): void;
  /** Notes on disk a request that the stand-in does not know. */
  refuse(request: FastifyRequest): Promise<void>;
  /** The answered requests, oldest first. */
  known(): RequestRecord[];
  clear(): void;
}

/** Requests that are kept; older ones are deleted. */
const mostKept = 5000;

export function createRequestLog(store: Store, clock: () => Date): RequestLog {
  let kept: RequestRecord[] = [];

  const record = (request: FastifyRequest, status: number): RequestRecord => ({
    at: clock().toISOString(),
    method: request.method,
    url: withoutKeys(request.url),
    status,
    known: status !== 501,
  });

  return {
    add: (request, status) => {
      const isOurs = /^\/(?:sandbox\/|favicon\.ico)/.test(request.url) || isOfPage(request);
      if (!isOurs && status !== 501) {
        kept = [...kept.slice(1 - mostKept), record(request, status)];
      }
    },
    refuse: (request) =>
      store.transact((state) => ({
        state: { ...state, unknown: [...state.unknown, record(request, 501)].slice(-mostKept) },
        result: undefined,
      })),
    known: () => kept,
    clear: () => {
      kept = [];
    },
  };
}
