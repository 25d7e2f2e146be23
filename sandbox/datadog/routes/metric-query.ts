import { seriesOf } from "../evaluation/query/metric-expression.ts";
import { Unread } from "../evaluation/query/unread.ts";
import { type Answer, type Call, Refusal } from "../http/handler.ts";
import type { LogService } from "../logs/log-service.ts";
import { type MetricCurve, queryMetrics } from "../query/metric-query.ts";
import { queryWindow } from "../query/query-window.ts";
import { querySources } from "../query/query-sources.ts";
import { SearchError } from "../search/syntax.ts";
import type { State } from "../state.ts";

/** `GET /api/v1/query`: the curves of a metric query between two times in seconds. */
export async function queryTimeseriesV1(
  { telemetry }: LogService,
  call: Call,
  state: State,
): Promise<Answer> {
  const text = call.query["query"] ?? "";
  const [from, to] = [secondsOf(call, "from"), secondsOf(call, "to")];
  const span = queryWindow(from * 1000, to * 1000);
  const sources = querySources(telemetry, state, call.now);
  const curves = await answered(() => queryMetrics(text, span, sources));
  const groupBy = [...new Set(curves.flatMap(({ tags }) => tags.map(keyOf)))];
  return {
    body: {
      status: "ok",
      res_type: "time_series",
      resp_version: 1,
      query: text,
      from_date: from * 1000,
      to_date: to * 1000,
      series: curves.map((curve) => shownCurve(curve, text)),
      values: [],
      times: [],
      message: "",
      group_by: groupBy,
    },
  };
}

/** A query that is not understood is a fault of the caller, told in one sentence. */
export async function answered<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    if (error instanceof Unread || error instanceof SearchError) {
      throw new Refusal(400, `Error parsing query: ${error.message}`);
    }
    throw error;
  }
}

function secondsOf(call: Call, name: string): number {
  const text = call.query[name] ?? "";
  if (!/^\d{1,11}$/.test(text)) {
    throw new Refusal(400, `${name} ${JSON.stringify(text)} must be a time in whole seconds`);
  }
  return Number(text);
}

function keyOf(tag: string): string {
  return tag.slice(0, tag.indexOf(":"));
}

function shownCurve(curve: MetricCurve, text: string): unknown {
  const { index, tags, seconds, points } = curve;
  const [begin] = points[0] ?? [0];
  const [last] = points.at(-1) ?? [0];
  return {
    unit: null,
    query_index: index,
    ...namesOf(curve, text),
    tag_set: tags,
    interval: seconds,
    length: points.length,
    start: begin,
    end: last + seconds * 1000 - 1,
    pointlist: points,
    attributes: {},
  };
}

/** What a curve is called: of arithmetic and functions it is the whole text. */
function namesOf({ expression, tags }: MetricCurve, text: string) {
  const [first] = seriesOf(expression);
  const terms = [...scopeOf(first?.scope ?? []), ...tags];
  const scope = terms.length === 0 ? "*" : terms.join(",");
  if (expression.kind !== "series") {
    return { aggr: null, metric: text, display_name: text, expression: text, scope };
  }
  const { aggregation, metric } = expression.query;
  const shown = `${aggregation}:${metric}{${scope}}`;
  return { aggr: aggregation, metric, display_name: metric, expression: shown, scope };
}

function scopeOf(terms: readonly { readonly pattern: string; readonly negated: boolean }[]) {
  return terms.map(({ pattern, negated }) => (negated ? `!${pattern}` : pattern));
}
