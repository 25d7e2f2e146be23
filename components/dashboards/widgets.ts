import { events } from "./variables.ts";

/** A widget as the API takes it, without its place. */
export interface Widget {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** A widget and its size on a board of twelve columns. */
export interface Tile {
  readonly widget: Widget;
  readonly width: number;
  readonly height: number;
}

/** A query under the name that formulas use. */
interface Query {
  readonly name: string;
  readonly data_source: "metrics" | "logs" | "events";
  readonly [property: string]: unknown;
}

/** One line, bar or number of a widget: what it shows, and what it is called. */
interface Curve {
  readonly formula: string;
  readonly alias: string;
}

/** Queries and the curves that are made of them. */
export interface Data {
  readonly queries: readonly Query[];
  readonly curves: readonly Curve[];
}

/** Colour of a number by a comparison; the first that holds counts. */
export interface Colour {
  readonly comparator: "<" | ">" | ">=" | "<=";
  readonly value: number;
  readonly palette: "white_on_red" | "white_on_yellow" | "white_on_green";
}

/** Zero is good, anything else is not. */
export const zeroIsGood: readonly Colour[] = [
  { comparator: ">", value: 0, palette: "white_on_red" },
  { comparator: "<=", value: 0, palette: "white_on_green" },
];

/** Markers of incidents, and what Kubernetes says of payment, behind every graph. */
const overlay = [{ q: events.markers }, { q: events.ofPayment }];

/** One metric as one curve. */
export function metric(alias: string, query: string): Data {
  return metrics([[alias, query]]);
}

/** Metrics, each a curve of its own. */
export function metrics(curves: readonly (readonly [alias: string, query: string])[]): Data {
  return {
    queries: curves.map(([, query], index) => metricQuery(`q${index + 1}`, query)),
    curves: curves.map(([alias], index) => ({ formula: `q${index + 1}`, alias })),
  };
}

/** A metric query by the name that a formula uses; a single number is its sum, mean or last value. */
export function metricQuery(
  name: string,
  query: string,
  aggregator?: "sum" | "avg" | "last",
): Query {
  return { name, data_source: "metrics", query, ...(aggregator && { aggregator }) };
}

/** A metric as one number: the sum of counts, or the last value of a gauge. */
export function number(alias: string, query: string, aggregator: "sum" | "last"): Data {
  return {
    queries: [metricQuery("q1", query, aggregator)],
    curves: [{ formula: "q1", alias }],
  };
}

/** How many log lines a search finds, by the reserved attributes named: others need a facet. */
export function lines(
  alias: string,
  search: string,
  ...attributes: readonly ("service" | "status" | "host")[]
): Data {
  const compute = { aggregation: "count" };
  const query: Query = {
    name: "q1",
    data_source: "logs",
    indexes: ["*"],
    search: { query: search },
    compute,
    group_by: attributes.map((facet) => ({
      facet,
      limit: 50,
      sort: { ...compute, order: "desc" },
    })),
  };
  return { queries: [query], curves: [{ formula: "q1", alias }] };
}

/** Text in Markdown. */
export function note(content: string, colour: "yellow" | "gray" | "white"): Widget {
  return {
    type: "note",
    content,
    background_color: colour,
    font_size: "14",
    text_align: "left",
    show_tick: false,
  };
}

/** A graph over time, with the overlay of events. */
export function timeseries(
  title: string,
  { queries, curves }: Data,
  {
    display = "line",
    threshold,
  }: { readonly display?: "line" | "bars"; readonly threshold?: number } = {},
): Widget {
  return {
    type: "timeseries",
    title,
    show_legend: true,
    legend_layout: "auto",
    events: overlay,
    requests: [
      {
        response_format: "timeseries",
        queries,
        formulas: curves,
        display_type: display,
        style: { palette: "dog_classic" },
      },
    ],
    ...(threshold !== undefined && {
      markers: [{ value: `y = ${threshold}`, display_type: "error dashed" }],
    }),
  };
}

/** Events per minute as bars. */
export function eventBars(title: string, search: string): Widget {
  const query: Query = {
    name: "q1",
    data_source: "events",
    indexes: ["*"],
    search: { query: search },
    compute: { aggregation: "count", interval: 60_000 },
    group_by: [],
  };
  const data = { queries: [query], curves: [{ formula: "q1", alias: "events" }] };
  return timeseries(title, data, { display: "bars" });
}

/** One number, of the time that the dashboard shows or of the last minutes. */
export function queryValue(
  title: string,
  { queries, curves }: Data,
  colours: readonly Colour[] = [],
  { span }: { readonly span?: "5m" } = {},
): Widget {
  return {
    type: "query_value",
    title,
    ...(span !== undefined && { time: { live_span: span } }),
    autoscale: true,
    precision: 0,
    requests: [
      { response_format: "scalar", queries, formulas: curves, conditional_formats: colours },
    ],
  };
}

/** The groups with the highest numbers. */
export function toplist(title: string, { queries, curves }: Data): Widget {
  const formulas = curves.map((curve) => ({ ...curve, limit: { count: 10, order: "desc" } }));
  return { type: "toplist", title, requests: [{ response_format: "scalar", queries, formulas }] };
}

/** Log lines, the newest first. */
export function logStream(title: string, search: string, columns: readonly string[]): Widget {
  const query = {
    data_source: "logs_stream",
    query_string: search,
    indexes: [],
    storage: "hot",
    sort: { column: "timestamp", order: "desc" },
  };
  return stream(title, columns, query);
}

/** Events, the newest first. The API has a widget for it, but not for boards in this layout. */
export function eventStream(title: string, search: string): Widget {
  const query = { data_source: "event_stream", query_string: search, event_size: "s" };
  return stream(title, ["timestamp", "title"], query);
}

function stream(title: string, columns: readonly string[], query: object): Widget {
  return {
    type: "list_stream",
    title,
    requests: [
      {
        response_format: "event_list",
        columns: columns.map((field) => ({ field, width: "auto" })),
        query,
      },
    ],
  };
}

/** States of the monitors that a search finds. */
export function monitorStates(title: string, search: string): Widget {
  return {
    type: "manage_status",
    title,
    query: search,
    summary_type: "monitors",
    display_format: "countsAndList",
    color_preference: "background",
    hide_zero_counts: true,
    show_last_triggered: true,
    sort: "status,asc",
  };
}

/** The history of one monitor. */
export function monitorGraph(title: string, monitorId: string): Widget {
  return { type: "alert_graph", title, alert_id: monitorId, viz_type: "timeseries" };
}

/** An objective with what is left of its error budget. */
export function objective(title: string, sloId: string): Widget {
  return {
    type: "slo",
    title,
    slo_id: sloId,
    view_type: "detail",
    view_mode: "overall",
    time_windows: ["7d", "30d"],
    show_error_budget: true,
  };
}
