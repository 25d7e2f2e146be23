import type { Handler, HttpResponse } from "../http/message.ts";
import type { Ledger } from "./ledger.ts";
import type { LogLine } from "./pod/pod-log.ts";

/** One pod as the control address shows it. */
export interface PodReport {
  readonly name: string;
  readonly workload: string;
  readonly image: string;
  readonly ready: boolean;
  /** Ready, and the cluster knows it. */
  readonly settled: boolean;
  readonly restarts: number;
  /** Why it does not run. */
  readonly problem?: string;
}

/** One Service port: where it listens and how many pods are behind it. */
export interface RouteReport {
  readonly service: string;
  readonly port: number;
  readonly address: string;
  readonly endpoints: number;
}

/** What the control address answers from. */
export interface ShopReports {
  ledger(): Ledger;
  pods(): readonly PodReport[];
  routes(): readonly RouteReport[];
  /** Newest lines of a pod; undefined for an unknown one. */
  lines(pod: string): readonly LogLine[] | undefined;
}

/** Answers what a test or the CLI asks about the shop; nothing here exists in a real cluster. */
export function controlApp(reports: ShopReports): Handler {
  return (request) => Promise.resolve(answer(reports, request.method, request.path));
}

function answer(reports: ShopReports, method: string, path: string): HttpResponse {
  const logs = /^\/sandbox\/pods\/([^/]+)\/log$/.exec(path)?.[1];
  if (method !== "GET") return json(405, { error: `method ${method} is not allowed, only GET` });
  if (path === "/sandbox/health") return json(200, { standIn: "shop" });
  if (path === "/sandbox/ledger") return json(200, reports.ledger());
  if (path === "/sandbox/pods") return json(200, reports.pods());
  if (path === "/sandbox/routes") return json(200, reports.routes());
  const lines = logs === undefined ? undefined : reports.lines(logs);
  if (lines !== undefined) {
    const body = lines.map(({ text }) => `${text}\n`).join("");
    return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body };
  }
  return json(404, {
    error:
      `nothing at ${path}; there are /sandbox/health, /sandbox/ledger, /sandbox/pods, ` +
      "/sandbox/routes and /sandbox/pods/<pod>/log",
  });
}

function json(status: number, value: unknown): HttpResponse {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status, headers, body: `${JSON.stringify(value)}\n` };
}
