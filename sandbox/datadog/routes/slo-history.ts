import { type Answer, type Call, Refusal } from "../http/handler.ts";
import type { LogService } from "../logs/log-service.ts";
import type { Span } from "../evaluation/values/data.ts";
import { sloStatus } from "../evaluation/values/slo-status.ts";
import { querySources, type QuerySources } from "../query/query-sources.ts";
import {
  type EventSeries,
  eventSeries,
  sloShare,
  unitOf,
  uptimeHistory,
} from "../query/slo-figures.ts";
import type { Slo, State } from "../state.ts";
import { answered } from "./metric-query.ts";

/** `GET /api/v1/slo/{id}/history`: status, error budget and course between two times. */
export async function sloHistory(
  { telemetry }: LogService,
  call: Call,
  state: State,
): Promise<Answer> {
  const id = call.params["id"] ?? "";
  const slo = state.slos.find((one) => one.id === id);
  if (slo === undefined) throw new Refusal(404, `SLO ID: ${id} not found`);
  const span = windowOf(call);
  const target = customTarget(call);
  const sources = querySources(telemetry, state, call.now);
  const parts = await answered(() => partsOf(slo, span, { target, sources, state }));
  const { thresholds } = slo;
  const data = {
    thresholds: Object.fromEntries(thresholds.map((one) => [one.timeframe, one])),
    from_ts: span.from / 1000,
    to_ts: span.to / 1000,
    type: slo.type,
    type_id: slo["type_id"],
    slo,
    ...(slo.type === "metric" && { group_by: [] }),
    ...parts,
  };
  return { body: { data, errors: null } };
}

function windowOf({ query }: Call): Span {
  const { from_ts: from = "", to_ts: to = "" } = query;
  const isFit = /^\d{1,11}$/.test(from) && /^\d{1,11}$/.test(to) && Number(from) < Number(to);
  if (!isFit) {
    throw new Refusal(
      400,
      `The timeframe is incorrect: invalid from ${from} or to ${to} timestamp`,
    );
  }
  return { from: Number(from) * 1000, to: Number(to) * 1000 };
}

interface Target {
  readonly name: string;
  readonly target: number;
  readonly warning?: number | null | undefined;
}

interface Asked {
  /** Of the request, besides those of the SLO. */
  readonly target: Target | undefined;
  readonly sources: QuerySources;
  readonly state: State;
}

async function partsOf(slo: Slo, span: Span, { target, sources, state }: Asked) {
  const facts = sources.slo(slo.id);
  const overall = await overallOf(slo, span, { target, sources });
  if (facts === undefined) return { overall };
  if ("monitors" in facts.kind) {
    const monitors = facts.kind.monitors.map((id) => {
      const { downtimes = [] } = state.evaluation.monitors[id] ?? {};
      const { name = "", type = "" } = state.monitors.find((one) => one.id === id) ?? {};
      return { id, name, type, downtimes };
    });
    const all = monitors.flatMap(({ downtimes }) => downtimes);
    const [first] = monitors;
    return {
      overall: {
        ...overall,
        ...(monitors.length === 1 && { name: first?.name, monitor_type: first?.type }),
        history: uptimeHistory(all, span),
      },
      ...(monitors.length > 1 && {
        monitors: monitors.map(({ name, type, downtimes }) => {
          return { name, monitor_type: type, history: uptimeHistory(downtimes, span) };
        }),
      }),
    };
  }
  const { good, total } = facts.kind;
  const course = await eventSeries(facts.kind, span, sources);
  return {
    series: shownCourse(course, { good, total, span }),
    overall,
  };
}

interface Queried {
  readonly good: string;
  readonly total: string;
  readonly span: Span;
}

function shownCourse(course: EventSeries, { good, total, span }: Queried): unknown {
  const [numerator, denominator] = [`default_zero(${good})`, `default_zero(${total})`];
  const bad = `${denominator} - ${numerator}`;
  return {
    ...{ res_type: "time_series", resp_version: 2, message: "" },
    query: `${numerator}, ${denominator}`,
    ...{ from_date: span.from, to_date: span.to, interval: course.seconds, times: course.times },
    numerator: shownSeries(course.good, numerator, 0),
    denominator: shownSeries(course.total, denominator, 1),
    ...{ numerator_query: numerator, denominator_query: denominator, bad_series_query: bad },
    graph_query: `${numerator}, ${bad}`,
  };
}

function shownSeries(values: readonly number[], expression: string, index: number): unknown {
  const [, , metric = "", scope = "*"] = /(\w+):([\w.]+)\{([^{}]*)\}/.exec(expression) ?? [];
  return {
    values,
    sum: values.reduce((sum, value) => sum + value, 0),
    count: values.length,
    metadata: {
      ...{ unit: null, query_index: index, aggr: "sum", expression, tag_set: [], scope },
      metric: `default_zero(${metric})`,
    },
  };
}

/** The window's own share against each threshold, and against `target` where one is given. */
async function overallOf(slo: Slo, span: Span, { target, sources }: Omit<Asked, "state">) {
  const share = await sloShare(slo.id, span, sources);
  const precision = Object.fromEntries(slo.thresholds.map(({ timeframe }) => [timeframe, 2]));
  const empty = { sli_value: null, uptime: null, span_precision: 2, precision, corrections: [] };
  if (typeof share === "string") {
    return { ...empty, state: "no_data", errors: [problem("NO_RESULTS", share)] };
  }
  const unit = unitOf(slo);
  if (share.total === 0) {
    const text =
      slo.type === "metric" ? "The denominator is zero valued" : "No results for this monitor";
    const type = slo.type === "metric" ? "ZERO_VALUED_DENOMINATOR" : "NO_RESULTS";
    return { ...empty, state: "no_data", errors: [problem(type, text)] };
  }
  const targets = slo.thresholds.map((one): Target => ({ ...one, name: one.timeframe }));
  const wanted = target === undefined ? targets : [...targets, target];
  const statuses = wanted.map((one) => [one.name, sloStatus(share, one, unit)] as const);
  const sli = (100 * share.good) / share.total;
  return {
    ...empty,
    sli_value: sli,
    uptime: sli,
    state: statuses[0]?.[1].state ?? "ok",
    error_budget_remaining: Object.fromEntries(statuses.map(([name, one]) => [name, one.budget])),
    raw_error_budget_remaining: Object.fromEntries(
      statuses.map(([name, one]) => [name, { unit: budgetUnit(slo), value: one.rawBudget }]),
    ),
  };
}

export function budgetUnit({ type }: Pick<Slo, "type">): "seconds" | "events" {
  return type === "monitor" ? "seconds" : "events";
}

function customTarget({ query }: Call): Target | undefined {
  const text = query["target"];
  if (text === undefined) return undefined;
  const target = Number(text);
  if (!(target > 0 && target < 100)) {
    throw new Refusal(400, `target ${JSON.stringify(text)} must be between 0 and 100`);
  }
  return { name: "custom", target };
}

function problem(type: string, message: string) {
  return { error_type: type, error_message: message };
}
