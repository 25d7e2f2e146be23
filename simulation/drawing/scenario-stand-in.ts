import { buildApp } from "../../sandbox/datadog/app.ts";
import { evaluate } from "../../sandbox/datadog/evaluation/evaluate.ts";
import { afterEvaluation } from "../../sandbox/datadog/evaluation/state/evaluated-state.ts";
import { startLogService } from "../../sandbox/datadog/logs/log-service.ts";
import { engineWithoutVrl } from "../../sandbox/datadog/logs/pipeline-engine.ts";
import type { MetricPoint } from "../../sandbox/datadog/logs/store/metric-store.ts";
import { openTelemetry, type Telemetry } from "../../sandbox/datadog/logs/telemetry.ts";
import { emptyState, type Event, type Monitor, type State } from "../../sandbox/datadog/state.ts";
import { createStore } from "../../sandbox/datadog/store.ts";
import { type Declared, type DeclaredMonitor, placeTags } from "../declared/declared.ts";
import type { Recording } from "../replay/recording.ts";
import { startOf, warmUpMs } from "../timeline/timeline.ts";

/** The stand-in at the end of a scenario, in memory: what it answers is what a page would show. */
export interface ScenarioStandIn {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Ids of the boards that the stack declares. */
  readonly boards: readonly string[];
  ask<T>(request: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** Puts what was recorded and declared into a stand-in, and evaluates the monitors as time goes on. */
export async function scenarioStandIn(
  declared: Declared,
  recording: Recording,
): Promise<ScenarioStandIn> {
  const { scenario } = recording;
  const from = startOf(scenario);
  const to = from + scenario.lasts;
  const telemetry = openTelemetry(":memory:");
  telemetry.logs.add(await recording.events());
  telemetry.metrics.add(await pointsOf(recording, { from: from - warmUpMs, to }));
  await addChecks(telemetry, recording, { from: from - warmUpMs, to });
  const store = createStore(await stateAtEnd(declared, recording));
  const clock = () => new Date(to);
  const report = () => undefined;
  const engine = Promise.resolve(engineWithoutVrl("logs were processed before"));
  const service = startLogService({ telemetry, engine, store, clock, report });
  const app = buildApp({ store, service, clock, report });
  const ask = async <T>(request: string, body?: unknown): Promise<T> => {
    const [method = "", url = ""] = request.split(" ");
    const keys = { "dd-api-key": "drawing", "dd-application-key": "drawing" };
    const reply = await app.inject({
      method: method as "GET",
      url,
      headers: { ...keys, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && {
        payload: typeof body === "string" ? body : JSON.stringify(body),
      }),
    });
    if (reply.statusCode >= 400) throw new Error(`${request}: ${reply.body}`);
    return JSON.parse(reply.body) as T;
  };
  const boards: string[] = [];
  for (const board of declared.dashboards) {
    boards.push((await ask<{ id: string }>("POST /api/v1/dashboard", board)).id);
  }
  const close = async () => {
    await app.close();
    await service.close();
  };
  return { from, to, boards, ask, close };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

async function pointsOf(recording: Recording, { from, to }: Span): Promise<readonly MetricPoint[]> {
  const sources = recording.sourcesAt(to);
  const points: MetricPoint[] = [];
  for (const metric of recording.metrics) {
    for (const { tags, kind, points: all } of await sources.series(metric, { from, to })) {
      for (const { at, value } of all) {
        const samples = kind === "distribution" && { samples: [value] };
        points.push({ metric, at, tags, kind, value, ...samples });
      }
    }
  }
  return points;
}

async function addChecks(telemetry: Telemetry, recording: Recording, span: Span): Promise<void> {
  const check = "datadog.agent.up";
  const statuses = ["OK", "WARNING", "CRITICAL", "UNKNOWN"];
  const runs = await recording.sourcesAt(span.to).checks(check, span);
  telemetry.checks.add(
    runs.map(({ at, tags, status }) => {
      return { name: check, at, tags, status: statuses.indexOf(status), message: "" };
    }),
  );
}

/** What was declared, with the states and events that the scenario's minutes make of it. */
async function stateAtEnd(declared: Declared, recording: Recording): Promise<State> {
  const { scenario } = recording;
  const start = startOf(scenario);
  let state: State = {
    ...emptyState(new Date(start)),
    monitors: declared.monitors.map((one) => monitorOf(one, start)),
    slos: [...declared.slos],
    events: markersOf(recording),
  };
  for (let now = start; now <= start + scenario.lasts; now += 60_000) {
    const { monitors } = state.evaluation;
    const evaluation = await evaluate(declared.monitors, recording.sourcesAt(now), monitors, now);
    state = afterEvaluation(state, evaluation);
  }
  return state;
}

function monitorOf(
  { id, title, type, query, options, ...rest }: DeclaredMonitor,
  at: number,
): Monitor {
  const created = new Date(at).toISOString();
  return {
    ...{ id, name: title, type, query, options, message: "" },
    tags: [...rest.tags],
    priority: rest.priority,
    restricted_roles: null,
    draft_status: "published",
    multi: false,
    created,
    modified: created,
    assets: [],
  };
}

/** The markers that the stack posts where payment is taken away and comes back. */
function markersOf({ scenario }: Recording): Event[] {
  const start = startOf(scenario);
  const turns = scenario.payment.map(({ from, available }, index) => {
    const before = scenario.payment[index - 1];
    const isOther = before !== undefined && (before.available === 0) !== (available === 0);
    return { at: start + from, isOther, phase: available === 0 ? "start" : "recovered" };
  });
  return turns
    .filter(({ isOther }) => isOther)
    .map(({ at, phase }, index) => ({
      id: index + 1,
      title: `Sock Shop: incident payment-down is ${phase === "start" ? "staged" : "over"}`,
      text: `The scenario ${scenario.name}`,
      date_happened: Math.floor(at / 1000),
      tags: ["marker:incident", `phase:${phase}`, ...placeTags],
      priority: "normal",
      alert_type: phase === "start" ? "warning" : "success",
    }));
}
