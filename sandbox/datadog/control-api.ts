import type { FastifyInstance, FastifyRequest } from "fastify";
import { Refusal } from "./http/handler.ts";
import type { HeldAnswers } from "./held-answers.ts";
import { explainLog, pipelineFigures } from "./logs/explain.ts";
import type { LogService } from "./logs/log-service.ts";
import type { RequestLog } from "./http/request-log.ts";
import { whyNotEvaluated } from "./evaluation/state/evaluated-state.ts";
import { type SentResult, whyNotResult, withResult } from "./synthetics/results.ts";
import { emptyState, type State, type SyntheticsTest } from "./state.ts";
import { noShop, type ShopReader } from "./shop-report.ts";
import type { Store } from "./store.ts";

interface Control {
  store: Store;
  service: LogService;
  log: RequestLog;
  clock: () => Date;
  held: HeldAnswers;
  shop?: ShopReader;
}

/** What `GET /sandbox/health` answers. */
export interface Health {
  standIn: "datadog";
  status: "ok";
}

/** What `GET /sandbox/state` answers. */
export interface ShownState extends State {
  notEvaluated: { id: number; name: string; why: string }[];
}

/** What the stand-in offers beside the Datadog API, for people, tests and the command line. */
export const controlRoutes = [
  { method: "GET", path: "/", what: "the page for people; other pages have Datadog's own paths" },
  { method: "GET", path: "/sandbox/health", what: "answers once the stand-in is ready" },
  { method: "GET", path: "/sandbox/requests", what: "requests so far; `?unknown` those refused" },
  { method: "GET", path: "/sandbox/state", what: "all that was declared" },
  {
    method: "GET",
    path: "/sandbox/logs",
    what: "figures of the intake; parts of the pipelines that do not run, and why",
  },
  {
    method: "GET",
    path: "/sandbox/logs/:id",
    what: "one of the newest logs as it came in, and what each step of the pipelines did to it",
  },
  {
    method: "GET",
    path: "/sandbox/pipelines",
    what: "what each step of the pipelines did with the newest logs, and which rules matched",
  },
  { method: "GET", path: "/sandbox/shop", what: "the shop's ledger, where `--shop` names a shop" },
  {
    method: "POST",
    path: "/sandbox/hold",
    what: "for tests: holds the answers of `routes` back for `seconds`, after their work is done",
  },
  {
    method: "GET",
    path: "/sandbox/telemetry",
    what: "metrics and service checks as they are kept; `?from=` and `?to=` in milliseconds",
  },
  {
    method: "GET",
    path: "/sandbox/synthetics/tests",
    what: "live tests of a private location, `?location=`, for the worker's stand-in",
  },
  {
    method: "POST",
    path: "/sandbox/synthetics/results",
    what: "takes a result of the worker's stand-in, whose real protocol is not published",
  },
  { method: "POST", path: "/sandbox/reset", what: "forgets all objects, requests and logs" },
] as const;

/** Adds our own surface, under a prefix that Datadog has not. No keys: it is loopback alone. */
export function addControl(
  app: FastifyInstance,
  { store, service, log, clock, held, shop = noShop }: Control,
): void {
  const health: Health = { standIn: "datadog", status: "ok" };
  app.get("/sandbox/health", (request) => {
    onlyQuery(request, []);
    return health;
  });
  app.get("/sandbox/requests", (request) => {
    onlyQuery(request, ["unknown"]);
    const { unknown } = store.current();
    const isUnknownOnly = "unknown" in (request.query as object);
    return { requests: isUnknownOnly ? unknown : sortedByTime([...log.known(), ...unknown]) };
  });
  app.get("/sandbox/state", (request): ShownState => {
    onlyQuery(request, []);
    const state = store.current();
    const notEvaluated = state.monitors.flatMap((monitor) => {
      const why = whyNotEvaluated(state, monitor);
      return why === undefined ? [] : [{ id: monitor.id, name: monitor.name, why }];
    });
    return { ...state, notEvaluated };
  });
  app.get("/sandbox/logs", async (request) => {
    onlyQuery(request, []);
    return await service.report();
  });
  app.post("/sandbox/hold", (request) => {
    onlyQuery(request, []);
    held.hold(request.body);
    return {};
  });
  app.get("/sandbox/telemetry", (request) => {
    onlyQuery(request, ["from", "to"]);
    return keptTelemetry(service, request.query as Record<string, unknown>);
  });
  addExplanations(app, { store, service });
  addSynthetics(app, store);
  app.post("/sandbox/reset", async (request) => {
    onlyQuery(request, []);
    await store.transact((state) => ({ state: emptyState(clock(), state), result: undefined }));
    service.telemetry.clear();
    log.clear();
    return {};
  });
  app.get("/sandbox/shop", async (request) => {
    onlyQuery(request, []);
    return shop();
  });
  // Browsers ask for it by themselves: it must not count as an unknown request.
  app.get("/favicon.ico", (_request, reply) => reply.code(204).send());
}

/** What `GET /sandbox/telemetry` answers. */
export interface KeptTelemetry {
  series: ({ metric: string } & ReturnType<LogService["telemetry"]["metrics"]["series"]>[number])[];
  checks: ReturnType<LogService["telemetry"]["checks"]["runs"]>;
}

function keptTelemetry({ telemetry }: LogService, query: Record<string, unknown>): KeptTelemetry {
  const [from, to] = ["from", "to"].map((name) => {
    const text = String(query[name]);
    if (/^\d{1,15}$/.test(text)) return Number(text);
    throw new Refusal(400, `query parameter "${name}" is ${text}: must be milliseconds since 1970`);
  }) as [number, number];
  const { metrics, checks } = telemetry;
  return {
    series: metrics
      .names(from)
      .flatMap((metric) => metrics.series(metric, from, to).map((one) => ({ metric, ...one }))),
    checks: checks.names().flatMap((name) => checks.runs(name, from, to)),
  };
}

function addExplanations(
  app: FastifyInstance,
  { store, service }: Pick<Control, "store" | "service">,
): void {
  const { raw } = service.telemetry;
  app.get<{ Params: { id: string } }>("/sandbox/logs/:id", async (request) => {
    onlyQuery(request, []);
    const log = raw.get(request.params.id);
    if (log === undefined) {
      throw new Refusal(404, "no log of that id is among the newest that are kept as they came in");
    }
    return explainLog(log, store.current().pipelines, await service.engine);
  });
  app.get("/sandbox/pipelines", async (request) => {
    onlyQuery(request, []);
    return pipelineFigures(raw, store.current().pipelines, await service.engine);
  });
}

/** What the worker of synthetic tests asks and sends. */
function addSynthetics(app: FastifyInstance, store: Store): void {
  app.get("/sandbox/synthetics/tests", (request) => {
    onlyQuery(request, ["location"]);
    const { location = "" } = request.query as { location?: string };
    const { locations, tests } = store.current().synthetics;
    if (!locations.some(({ id }) => id === location)) {
      throw new Refusal(404, "location must be the id of a declared private location");
    }
    const isLive = (test: SyntheticsTest) =>
      test.status === "live" && test.locations.includes(location);
    return { tests: tests.filter(isLive) };
  });
  app.post("/sandbox/synthetics/results", async (request) => {
    onlyQuery(request, []);
    await store.transact((state) => {
      const why = whyNotResult(state, request.body);
      if (why !== undefined) throw new Refusal(400, why);
      return { state: withResult(state, request.body as SentResult), result: undefined };
    });
    return {};
  });
}

function onlyQuery(request: FastifyRequest, allowed: string[]): void {
  const odd = Object.keys(request.query as object).find((name) => !allowed.includes(name));
  if (odd !== undefined) {
    const known = allowed.length === 0 ? "none" : allowed.join(", ");
    throw new Refusal(400, `unknown query parameter "${odd}" (known here: ${known})`);
  }
}

function sortedByTime<T extends { at: string }>(records: T[]): T[] {
  return records.toSorted((a, b) => a.at.localeCompare(b.at));
}
