import type { Handler, HttpResponse } from "../http/message.ts";
import { openLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import type { LogLine } from "./pod/pod-log.ts";
import type { Runtime } from "./runtime.ts";

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

/** One of several shops, in short. */
export interface ShopReport {
  readonly namespace: string;
  /** Where its front-end listens on this machine; absent while it has no address. */
  readonly frontEnd?: string;
  readonly pods: number;
  /** Pods that are ready, and the cluster knows it. */
  readonly settled: number;
  readonly ledger: Ledger;
}

/** One shop, as far as it is asked about. */
interface ReportingShop {
  readonly namespace: string;
  readonly runtime: Pick<Runtime, "pods" | "routes" | "lines">;
  readonly ledger: () => Ledger;
}

/** What the control address answers from. */
export interface ReportingShops {
  /** The shop that is asked about where none is named. */
  readonly first: () => ReportingShop | undefined;
  readonly all: () => readonly ReportingShop[];
}

/** Answers what a test or the CLI asks about the shops; nothing here exists in a real cluster. */
export function controlApp(shops: ReportingShops): Handler {
  return (request) => Promise.resolve(answer(shops, request.method, request.path));
}

/** Pods, routes and ledger are of the first shop, which is the only one in most sandboxes. */
function answer(shops: ReportingShops, method: string, path: string): HttpResponse {
  const first = shops.first();
  const logs = /^\/sandbox\/pods\/([^/]+)\/log$/.exec(path)?.[1];
  if (method !== "GET") return json(405, { error: `method ${method} is not allowed, only GET` });
  if (path === "/sandbox/health") return json(200, { standIn: "shop" });
  if (path === "/sandbox/ledger") return json(200, first?.ledger() ?? openLedger().read());
  if (path === "/sandbox/pods") return json(200, first?.runtime.pods() ?? []);
  if (path === "/sandbox/routes") return json(200, first?.runtime.routes() ?? []);
  if (path === "/sandbox/shops") return json(200, shops.all().map(shopReport));
  const lines = logs === undefined ? undefined : linesOf(shops.all(), logs);
  if (lines !== undefined) {
    const body = lines.map(({ text }) => `${text}\n`).join("");
    return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body };
  }
  return json(404, {
    error:
      `nothing at ${path}; there are /sandbox/health, /sandbox/ledger, /sandbox/pods, ` +
      "/sandbox/routes, /sandbox/shops and /sandbox/pods/<pod>/log",
  });
}

/** Newest lines of a pod of any shop; undefined for an unknown one. */
function linesOf(shops: readonly ReportingShop[], pod: string): readonly LogLine[] | undefined {
  for (const { runtime } of shops) {
    const lines = runtime.lines(pod);
    if (lines !== undefined) return lines;
  }
  return undefined;
}

function shopReport({ namespace, runtime, ledger }: ReportingShop): ShopReport {
  const pods = runtime.pods();
  const route = runtime.routes().find(({ service }) => service === "front-end");
  return {
    namespace,
    ...(route && { frontEnd: `http://${route.address}/` }),
    pods: pods.length,
    settled: pods.filter(({ settled }) => settled).length,
    ledger: ledger(),
  };
}

function json(status: number, value: unknown): HttpResponse {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status, headers, body: `${JSON.stringify(value)}\n` };
}
