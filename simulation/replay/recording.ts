import type {
  FoundLog,
  Point,
  Series,
  Sources,
  Span,
} from "../../sandbox/datadog/evaluation/values/data.ts";
import { sloFacts } from "../../sandbox/datadog/evaluation/values/slo-facts.ts";
import { foundLog, logValue } from "../../sandbox/datadog/evaluation/values/live-sources.ts";
import { type LogEvent, textOf } from "../../sandbox/datadog/logs/log-event.ts";
import { runPipelines } from "../../sandbox/datadog/logs/pipeline.ts";
import type { LogEngine } from "../../sandbox/datadog/logs/pipeline-engine.ts";
import type { LogsMetric } from "../../sandbox/datadog/state.ts";
import type { Declared } from "../declared/declared.ts";
import { agentEvents } from "./log-events.ts";
import type { Scenario } from "../timeline/scenario.ts";
import { replayedLines, type ShopLines } from "../timeline/shop-lines.ts";
import { searchIn } from "./log-index.ts";
import { distractorLogs, distractorRuns, distractorSeries } from "./distractors.ts";
import {
  agentRuns,
  checkoutRuns,
  clusterSeries,
  historyMoments,
  linesOf,
  startOf,
  warmUpMs,
} from "../timeline/timeline.ts";

/** All signals of a scenario, as Datadog would have them: made once, evaluated often. */
export interface Recording {
  readonly scenario: Scenario;
  /** How many lines the pods printed, and how many logs the agents sent. */
  readonly counts: { readonly lines: number; readonly logs: number; readonly indexed: number };
  /** What is there at a moment; later data has not arrived yet. */
  sourcesAt(now: number): Sources;
  /** All logs as the pipelines left them, in order of time. */
  events(): Promise<readonly LogEvent[]>;
  /** Names of the metrics that there are. */
  readonly metrics: readonly string[];
}

/** Where a scenario's lines come from, and what was there before them. */
interface Origin {
  readonly shop: ShopLines;
  readonly engine: LogEngine;
  readonly history: Searching;

  /** Outcomes of orders with which the checkout passes; absent where none is declared. */
  readonly passes?: ReadonlySet<string>;
}

/**
 * Logs of the orders before a scenario, the same for all that have the same ones. They differ in nothing
 * but their times and ids: one of them is replayed, and what is found of it is found of each.
 */
export async function recordHistory(
  scenario: Scenario,
  declared: Declared,
  { shop, engine }: Omit<Origin, "history" | "passes">,
): Promise<Searching> {
  const start = startOf(scenario);
  const raw = agentEvents(replayedLines(shop.order.placed, start, "before"), declared.logs);
  const events = (await runPipelines(declared.pipelines, raw, engine, start)).map(
    ({ event }) => event,
  );
  const moments = historyMoments(scenario);
  return searching(async (query) => {
    const hits = await searched(query, events, engine);
    return moments.flatMap((at) =>
      hits.map(({ event }) => hitOf({ ...event, timestamp: event.timestamp + at })),
    );
  });
}

/** Replays a scenario's lines through the agent's rules, the pipelines and the log metrics. */
export async function record(
  scenario: Scenario,
  declared: Declared,
  { shop, engine, history, passes = new Set() }: Origin,
): Promise<Recording> {
  const lines = linesOf(scenario, shop);
  const raw = agentEvents(lines, declared.logs);
  const arrived = startOf(scenario) + scenario.lasts;
  const processed = await runPipelines(declared.pipelines, raw, engine, arrived);
  const begin = startOf(scenario) - warmUpMs;
  const events = [...processed.map(({ event }) => event), ...distractorLogs(begin, arrived)];
  const search = searching(async (query) =>
    [...(await history(query)), ...(await searched(query, events, engine))].sort(
      (a, b) => a.at - b.at,
    ),
  );
  const { index } = declared;
  const searchIndex =
    index === undefined ? search : searching((query) => searchIn(index, query, search));
  const mine = new Set(processed.map(({ event }) => event));
  const found = index === undefined ? processed : await searchIndex(index.filter);
  const series = new Map(clusterSeries(scenario));
  for (const metric of declared.metrics) series.set(metric.id, await counted(metric, search));
  for (const [metric, distractors] of distractorSeries(begin, arrived)) {
    series.set(metric, [...(series.get(metric) ?? []), ...distractors]);
  }
  const runs = [...agentRuns(scenario), ...distractorRuns(begin, arrived)].sort(
    (a, b) => a.at - b.at,
  );
  const checkouts = checkoutRuns(scenario, passes);
  const { lag } = scenario;
  return {
    scenario,
    events: async () => (await search("*")).map(({ event }) => event),
    metrics: [...series.keys()],
    counts: {
      lines: lines.length,
      logs: raw.length,
      indexed: found.filter(({ event }) => mine.has(event)).length,
    },
    sourcesAt: (now) => ({
      series: (metric, { from, to }) => {
        const arrived = now - lag.metrics;
        return (series.get(metric) ?? []).map((one) => within(one, { from, to }, arrived));
      },
      logs: async (query, { from, to }) => {
        const latest = Math.min(to, now - lag.logs);
        return slice(await searchIndex(query), from, latest);
      },
      checks: (check, { from, to }) => (check === "datadog.agent.up" ? slice(runs, from, to) : []),
      synthetics: (monitor) =>
        monitor === declared.checkout?.monitor ? slice(checkouts, begin, now) : [],
      slo: (id) => {
        const slo = declared.slos.find((one) => one.id === id);
        return slo && sloFacts(slo);
      },
    }),
  };
}

/** A point that was counted from a log, which may be younger than the point is. */
interface Counted extends Point {
  readonly logged: number;
}

function within(series: Series, { from, to }: Span, arrived: number): Series {
  const points = slice<Point | Counted>(series.points, from, Math.min(to, arrived));
  const isThere = (point: Point | Counted) => !("logged" in point) || point.logged <= arrived;
  return { ...series, points: points.filter(isThere) };
}

/** What happened after `from` and up to `to`, of what is sorted by time. */
function slice<T extends { readonly at: number }>(
  sorted: readonly T[],
  from: number,
  to: number,
): readonly T[] {
  return sorted.slice(firstAfter(sorted, from), firstAfter(sorted, to));
}

function firstAfter(sorted: readonly { readonly at: number }[], time: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A log with its event, for what counts logs. */
interface Hit extends FoundLog {
  readonly event: LogEvent;
}

type Searching = (query: string) => Promise<readonly Hit[]>;

/** Searches once for each query, whatever the window. */
function searching(search: Searching): Searching {
  const known = new Map<string, Promise<readonly Hit[]>>();
  return (query) => {
    const answer = known.get(query) ?? search(query);
    known.set(query, answer);
    return answer;
  };
}

async function searched(
  query: string,
  events: readonly LogEvent[],
  engine: LogEngine,
): Promise<readonly Hit[]> {
  const matches = await engine.match([query], events);
  return events
    .filter((_, index) => {
      const match = matches[index];
      return Array.isArray(match) && match[0] === true;
    })
    .map(hitOf);
}

function hitOf(event: LogEvent): Hit {
  return { event, ...foundLog(event) };
}

/** What logs are counted by; a point has the time at which its step began. */
const resolutionMs = 10_000;

/** The series that a log metric makes: https://docs.datadoghq.com/logs/log_configuration/logs_to_metrics/ */
async function counted({ attributes }: LogsMetric, search: Searching): Promise<readonly Series[]> {
  const { compute, filter, group_by: groups } = attributes;
  const series = new Map<string, { tags: string[]; points: Counted[] }>();
  for (const { event } of await search(filter.query ?? "*")) {
    const tags = groups.flatMap(({ path, tag_name: name }) => {
      const value = logValue(event, path);
      return value === undefined ? [] : [`${name ?? path}:${textOf(value)}`.toLowerCase()];
    });
    const value = compute.path === undefined ? 1 : logValue(event, compute.path);
    if (typeof value !== "number") continue;
    const one = series.get(tags.join()) ?? { tags, points: [] };
    const at = Math.floor(event.timestamp / resolutionMs) * resolutionMs;
    one.points.push({ at, value, logged: event.timestamp });
    series.set(tags.join(), one);
  }
  const kind = compute.aggregation_type === "count" ? "count" : "distribution";
  return [...series.values()].map(({ tags, points }) => ({ tags, kind, points }));
}
