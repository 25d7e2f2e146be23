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

/** What each path answers; pods, routes and ledger are of the first shop, mostly the only one. */
const reports: Readonly<Record<string, (shops: ReportingShops) => unknown>> = {
  "/sandbox/health": () => ({ standIn: "shop" }),
  "/sandbox/ledger": ({ first }) => first()?.ledger() ?? openLedger().read(),
  "/sandbox/pods": ({ first }) => first()?.runtime.pods() ?? [],
  "/sandbox/routes": ({ first }) => first()?.runtime.routes() ?? [],
  "/sandbox/shops": ({ all }) => all().map(shopReport),
};

function answer(shops: ReportingShops, method: string, path: string): HttpResponse {
  if (method !== "GET") return json(405, { error: `method ${method} is not allowed, only GET` });
  const report = Object.hasOwn(reports, path) ? reports[path] : undefined;
  if (report !== undefined) return json(200, report(shops));
  const pod = /^\/sandbox\/pods\/([^/]+)\/log$/.exec(path)?.[1];
  const lines = pod === undefined ? undefined : linesOf(shops.all(), pod);
  if (lines !== undefined) {
    const body = lines.map(({ text }) => `${text}\n`).join("");
    return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body };
  }
  const known = Object.keys(reports).join(", ");
  return json(404, { error: `nothing at ${path}; there are ${known} and /sandbox/pods/<pod>/log` });
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
