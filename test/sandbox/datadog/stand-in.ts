import type { FastifyInstance } from "fastify";
import { buildApp } from "../../../sandbox/datadog/app.ts";
import { type LogService, startLogService } from "../../../sandbox/datadog/logs/log-service.ts";
import { engineWithoutVrl, type LogEngine } from "../../../sandbox/datadog/logs/pipeline-engine.ts";
import { openTelemetry } from "../../../sandbox/datadog/logs/telemetry.ts";
import { emptyState, type State } from "../../../sandbox/datadog/state.ts";
import { createStore } from "../../../sandbox/datadog/store.ts";

export interface Reply {
  status: number;
  /** Parsed JSON; undefined where the reply has no body. */
  body: unknown;
}

export interface StandIn {
  app: FastifyInstance;
  /** Sends a request with both keys; a body that is no string is sent as JSON. */
  send: (request: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
  state: () => State;
  /** Changes what is declared or known past the API. */
  change: (change: (state: State) => State) => Promise<void>;
  service: LogService;
  /** Moves the clock of the stand-in. */
  setNow: (now: string) => void;
  /** What the stand-in reported of itself. */
  reports: string[];
}

const start = "2027-01-05T10:00:00.000Z";

/**
 * A stand-in in memory, without a port, whose clock stands at `start`; give `write` to see writes.
 * Its pipelines run without VRL unless an engine is given.
 */
export function standIn(
  write?: (state: State) => Promise<void>,
  engine: LogEngine = engineWithoutVrl("no VRL in this test"),
): StandIn {
  let now = new Date(start);
  const reports: string[] = [];
  const store = createStore(emptyState(now), write);
  const report = (line: string) => {
    reports.push(line);
  };
  const clock = () => now;
  const telemetry = openTelemetry(":memory:");
  const service = startLogService({
    telemetry,
    engine: Promise.resolve(engine),
    store,
    clock,
    report,
  });
  const app = buildApp({ store, service, clock, report });
  return {
    app,
    service,
    reports,
    state: () => store.current(),
    change: (change) => store.transact((state) => ({ state: change(state), result: undefined })),
    setNow: (text) => {
      now = new Date(text);
    },
    send: async (request, body, headers = {}) => {
      const [method = "", url = ""] = request.split(" ");
      const reply = await app.inject({
        method: method as "GET",
        url,
        headers: {
          "dd-api-key": "api-key-of-the-test",
          "dd-application-key": "app-key-of-the-test",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: payloadOf(body) }),
      });
      const text = reply.body;
      return { status: reply.statusCode, body: text === "" ? undefined : JSON.parse(text) };
    },
  };
}

function payloadOf(body: unknown): string | Buffer {
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** The id of a just created object, wherever its endpoint puts it. */
export function idOf({ body }: Reply): string {
  const { id, data } = body as { id?: string | number; data?: unknown };
  const inner = (Array.isArray(data) ? data[0] : data) as { id?: string } | undefined;
  return String(id ?? inner?.id ?? "");
}

/** The sentences of a refusal. */
export function errorsOf({ body }: Reply): string[] {
  return (body as { errors: string[] }).errors;
}

/** A monitor body as the provider sends it; give what differs. */
export function metricMonitor(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    draft_status: "published",
    message: "payment is down",
    name: "payment has no available replicas",
    options: {
      include_tags: true,
      new_host_delay: 300,
      notify_no_data: false,
      on_missing_data: "show_no_data",
      require_full_window: false,
      thresholds: { critical: 1 },
    },
    priority: null,
    query: "max(last_5m):max:kubernetes_state.deployment.replicas_available{*} < 1",
    restricted_roles: null,
    tags: ["team:sock-shop"],
    type: "metric alert",
    ...differences,
  };
}
