import { type Data, formulas } from "./data.ts";
import { events } from "./variables.ts";

/** A widget as the API takes it, without its place. */
export interface Widget {
  readonly type: string;
  readonly [property: string]: unknown;
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
  data: Data,
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
        queries: data.queries,
        formulas: formulas(data),
        display_type: display,
        style: { palette: "dog_classic" },
      },
    ],
    ...(threshold !== undefined && {
      markers: [{ value: `y = ${threshold}`, display_type: "error dashed" }],
    }),
  };
}

/** One number, of the time that the dashboard shows or of the last minutes. */
export function queryValue(
  title: string,
  data: Data,
  colours: readonly Colour[] = [],
  { span, digits = 0 }: { readonly span?: "5m"; readonly digits?: number } = {},
): Widget {
  return {
    type: "query_value",
    title,
    ...(span !== undefined && { time: { live_span: span } }),
    autoscale: true,
    precision: digits,
    requests: [
      {
        response_format: "scalar",
        queries: data.queries,
        formulas: formulas(data),
        conditional_formats: colours,
      },
    ],
  };
}

/** The groups with the highest numbers. */
export function toplist(title: string, data: Data): Widget {
  const limited = formulas(data).map((it) => ({ ...it, limit: { count: 10, order: "desc" } }));
  const request = { response_format: "scalar", queries: data.queries, formulas: limited };
  return { type: "toplist", title, requests: [request] };
}

/** Log lines, the newest first, each with the colour of its status. */
export function logStream(title: string, search: string, columns: readonly string[]): Widget {
  const query = {
    data_source: "logs_stream",
    query_string: search,
    indexes: [],
    storage: "hot",
    sort: { column: "timestamp", order: "desc" },
  };
  return stream(title, ["status_line", "timestamp", ...columns], query);
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
