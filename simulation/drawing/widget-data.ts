import type {
  Definition,
  Event,
  FoundEvent,
  Log,
  Monitor,
  Page,
  ScalarReply,
  Slo,
  SloHistory,
  TimeseriesReply,
} from "../../sandbox/page/browser/api/shapes.ts";
import {
  type Graph,
  graphOfReplies,
  type ScalarTable,
  tableOf,
} from "../../sandbox/page/browser/dashboards/curves.ts";
import { overlaySearches } from "../../sandbox/page/browser/dashboards/overlay.ts";
import {
  type Asked,
  scalarBody,
  timeseriesBody,
  type WidgetQuery,
  widgetQueries,
} from "../../sandbox/page/browser/dashboards/requests.ts";
import { spanMs, type Window } from "../../sandbox/page/browser/time/range.ts";
import type { ScenarioStandIn } from "./scenario-stand-in.ts";

/** What a widget asks of the stand-in at the end of a scenario; by the API, as the page does. */
export interface WidgetSource {
  readonly standIn: ScenarioStandIn;
  readonly expand: (query: string) => string;
}

export function windowOf({ from, to }: ScenarioStandIn, definition?: Definition): Window {
  const { live_span: span } = (definition?.["time"] ?? {}) as { live_span?: string };
  const own = span === undefined ? undefined : spanMs(span);
  return own === undefined ? { from, to } : { from: to - own, to };
}

export async function graphsOf(definition: Definition, source: WidgetSource): Promise<Graph> {
  const queries = widgetQueries(definition, source.expand);
  const window = windowOf(source.standIn, definition);
  const replies = queries.map(async (query) => ({
    ...query,
    reply: await askTimeseries(query, window, source),
  }));
  return graphOfReplies(await Promise.all(replies));
}

export function askTimeseries(
  query: Asked,
  window: Window,
  { standIn }: WidgetSource,
): Promise<TimeseriesReply> {
  return standIn.ask("POST /api/v2/query/timeseries", timeseriesBody(query, window));
}

export async function tablesOf(
  definition: Definition,
  { standIn, expand }: WidgetSource,
): Promise<readonly { readonly query: WidgetQuery; readonly found: ScalarTable }[]> {
  const window = windowOf(standIn, definition);
  const answers = widgetQueries(definition, expand).map(async (query) => {
    const body = scalarBody(query, window);
    const reply = await standIn.ask<ScalarReply>("POST /api/v2/query/scalar", body);
    return { query, found: tableOf(reply, query.formulas) };
  });
  return Promise.all(answers);
}

/** When the events behind a graph were; ms since 1970. */
export async function overlayOf(
  definition: Definition,
  source: WidgetSource,
): Promise<readonly number[]> {
  const searches = overlaySearches(definition["events"], source.expand);
  const found = await Promise.all(searches.map((query) => findEvents(query, source)));
  return found.flat().map(({ attributes }) => Date.parse(attributes.timestamp));
}

export async function findEvents(
  query: string,
  { standIn }: WidgetSource,
): Promise<readonly FoundEvent[]> {
  const { from, to } = standIn;
  const filter = { query, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const body = { filter, sort: "-timestamp", page: { limit: 100 } };
  return (await standIn.ask<Page<FoundEvent>>("POST /api/v2/events/search", body)).data;
}

export async function findLogs(query: string, { standIn }: WidgetSource): Promise<readonly Log[]> {
  const { from, to } = standIn;
  const filter = { query, from: String(from), to: String(to) };
  const body = { filter, sort: "-timestamp", page: { limit: 50 } };
  return (await standIn.ask<Page<Log>>("POST /api/v2/logs/events/search", body)).data;
}

/** A monitor with the events of its notifications. */
export async function monitorOf(
  id: string,
  { standIn }: WidgetSource,
): Promise<{ readonly monitor: Monitor; readonly events: readonly Event[] }> {
  const { from, to } = standIn;
  const monitor = await standIn.ask<Monitor>(`GET /api/v1/monitor/${id}?group_states=all`);
  const span = `start=${Math.floor(from / 1000)}&end=${Math.ceil(to / 1000)}`;
  const path = `GET /api/v1/events?${span}&tags=monitor_id:${id}`;
  return { monitor, events: (await standIn.ask<{ events: readonly Event[] }>(path)).events };
}

export async function sloOf(
  id: string,
  window: string,
  { standIn }: WidgetSource,
): Promise<{ readonly slo: Slo; readonly history: SloHistory["data"] }> {
  const { data: slo } = await standIn.ask<{ data: Slo }>(`GET /api/v1/slo/${id}`);
  const found = (Array.isArray(slo) ? (slo as readonly Slo[])[0] : slo) ?? slo;
  const to = Math.floor(standIn.to / 1000);
  const from = to - Math.floor((spanMs(window) ?? 7 * 86_400_000) / 1000);
  const path = `GET /api/v1/slo/${id}/history?from_ts=${from}&to_ts=${to}`;
  return { slo: found, history: (await standIn.ask<SloHistory>(path)).data };
}
