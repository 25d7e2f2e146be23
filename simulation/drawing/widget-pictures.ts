import type { Definition, Widget } from "../../sandbox/page/browser/api/shapes.ts";
import { formatsIn, paintOf } from "../../sandbox/page/browser/dashboards/conditional-format.ts";
import { graphOfReplies, topRows } from "../../sandbox/page/browser/dashboards/curves.ts";
import { markersIn } from "../../sandbox/page/browser/dashboards/markers.ts";
import { isRecord } from "../../sandbox/page/browser/dashboards/requests.ts";
import { sloStatus } from "../../sandbox/page/browser/dashboards/slo-status.ts";
import { eventCell, logCell } from "../../sandbox/page/browser/logs/columns.ts";
import { graphOf } from "../../sandbox/page/browser/monitors/graph-query.ts";
import { historyOf } from "../../sandbox/page/browser/monitors/history.ts";
import { severityOf } from "../../sandbox/page/browser/monitors/order.ts";
import { numberText } from "../../sandbox/page/browser/text/numbers.ts";
import { visible } from "../../sandbox/page/browser/text/visible.ts";
import { type Svg, tag, textLine, wrapped } from "./svg.ts";
import { type Box, timeGraph } from "./time-graph.ts";
import * as data from "./widget-data.ts";

/** A widget as a picture, and whether it shows any data. */
export interface Picture {
  readonly svg: Svg;
  readonly hasData: boolean;
}

type Draw = (definition: Definition, source: data.WidgetSource, box: Box) => Promise<Picture>;

/** Draws one widget; a type without a picture is an error that names it. */
export async function widgetPicture(
  { definition }: Widget,
  source: data.WidgetSource,
  box: Box,
): Promise<Picture> {
  const draw = drawers[definition.type];
  if (draw === undefined) throw new Error(`widgets of type "${definition.type}" are not drawn`);
  return draw(definition, source, box);
}

const drawers: Partial<Record<string, Draw>> = {
  note: (definition, _source, { width, height }) => {
    const text = plainText(textIn(definition, "content"));
    const lines = wrapped(visible(text), width).slice(0, Math.floor(height / 16));
    const svg = lines
      .map((line, index) => textLine(line, { x: 0, y: 14 + index * 16, width }))
      .join("");
    return Promise.resolve({ svg, hasData: text !== "" });
  },
  timeseries: async (definition, source, box) => {
    const graph = await data.graphsOf(definition, source);
    const events = await data.overlayOf(definition, source);
    const markers = markersIn(definition["markers"]);
    const window = data.windowOf(source.standIn, definition);
    const hasData = graph.curves.some(({ values }) => values.some((value) => value !== null));
    return { svg: timeGraph({ ...graph, markers, events, window }, box), hasData };
  },
  query_value: async (definition, source, box) => {
    const [first] = await data.tablesOf(definition, source);
    const value = first?.found.rows[0]?.numbers[0] ?? null;
    const paint = paintOf(value, formatsIn(first?.query.request["conditional_formats"]));
    const fill = fills[paint?.word ?? ""];
    const words = numberText(value, { precision: 0 });
    const place = { x: box.width / 2, y: box.height / 2 + 10, width: box.width };
    const style = {
      size: 28,
      anchor: "middle",
      fill: fill === undefined ? "#1b1f24" : "#fff",
    } as const;
    const back = fill === undefined ? "" : tag("rect", { ...box, rx: 4, fill });
    return { svg: back + textLine(words, place, style), hasData: value !== null };
  },
  toplist: async (definition, source, box) => {
    const [first] = await data.tablesOf(definition, source);
    const rows = first === undefined ? [] : topRows(first.found, first.query.formulas[0]?.limit);
    return table(
      [
        ["Group", "Value"],
        ...rows.map(({ group, numbers }) => [group.join(", "), numberText(numbers[0])]),
      ],
      box,
    );
  },
  query_table: async (definition, source, box) => {
    const [first] = await data.tablesOf(definition, source);
    const rows = first?.found.rows ?? [];
    const heads = [...(first?.found.groupNames ?? []), ...(first?.found.names ?? [])];
    return table(
      [
        heads,
        ...rows.map(({ group, numbers }) => [...group, ...numbers.map((one) => numberText(one))]),
      ],
      box,
    );
  },
  list_stream: async (definition, source, box) => {
    const [request] = definition["requests"] as readonly {
      query: Readonly<Record<string, string>>;
      columns: unknown;
    }[];
    const columns = Array.isArray(request?.columns)
      ? request.columns.flatMap((one: unknown) => (isRecord(one) ? [String(one["field"])] : []))
      : ["timestamp", "content"];
    const query = source.expand(request?.query["query_string"] ?? "");
    const rows =
      request?.query["data_source"] === "event_stream"
        ? (await data.findEvents(query, source)).map((event) =>
            columns.map((field) => eventCell(event, field)),
          )
        : (await data.findLogs(query, source)).map((log) =>
            columns.map((field) => logCell(log, field)),
          );
    return table([columns, ...rows], box);
  },
  manage_status: async (definition, source, box) => {
    const query = encodeURIComponent(source.expand(textIn(definition, "query")));
    const { monitors } = await source.standIn.ask<{
      monitors: readonly { name: string; status: string }[];
    }>(`GET /api/v1/monitor/search?per_page=1000&query=${query}`);
    const sorted = monitors.toSorted((a, b) => severityOf(a.status) - severityOf(b.status));
    return table([["State", "Monitor"], ...sorted.map(({ status, name }) => [status, name])], box);
  },
  alert_graph: drawAlertGraph,
  slo: async (definition, source, box) => {
    const windows = (definition["time_windows"] as readonly string[] | undefined) ?? ["7d"];
    const id = textIn(definition, "slo_id");
    const rows = windows.map(async (window) => {
      const { slo, history } = await data.sloOf(id, window, source);
      const threshold =
        slo.thresholds.find(({ timeframe }) => timeframe === window) ?? slo.thresholds[0];
      const { status, value, budget } = sloStatus(history, threshold);
      return [window, status, value, budget];
    });
    return table([["Window", "Status", "Value", "Budget left"], ...(await Promise.all(rows))], box);
  },
};

/** Markdown without its marks: a picture has no links. */
function plainText(markdown: string): string {
  return markdown.replaceAll(/\*\*|`/g, "").replaceAll(/\[([^[\]]*)\]\([^()\s]*\)/g, "$1");
}

function textIn(definition: Definition, key: string): string {
  const value = definition[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

const fills: Partial<Record<string, string>> = {
  red: "#a8201a",
  yellow: "#7a5200",
  green: "#1d6b34",
};

const stateFills: Partial<Record<string, string>> = {
  Alert: "#a8201a",
  Warn: "#7a5200",
  OK: "#1d6b34",
  "No Data": "#4d5560",
};

async function drawAlertGraph(
  definition: Definition,
  source: data.WidgetSource,
  box: Box,
): Promise<Picture> {
  const { monitor, events } = await data.monitorOf(textIn(definition, "alert_id"), source);
  const window = data.windowOf(source.standIn);
  const { overall_state: status, overall_state_modified: since } = monitor;
  const at = since === null ? undefined : Date.parse(since);
  const spans = historyOf(events, { name: "*", status }, window, at);
  const scale = box.width / (window.to - window.from);
  const strip = spans.map(({ status: one, from, to }) =>
    tag("rect", {
      x: (from - window.from) * scale,
      y: 20,
      width: (to - from) * scale,
      height: 10,
      fill: stateFills[one] ?? "#e3e6ea",
    }),
  );
  const title = textLine(
    `${status}: ${monitor.name}`,
    { x: 0, y: 12, width: box.width },
    { size: 11 },
  );
  const watched = graphOf(monitor);
  if (watched === undefined) return { svg: title + strip.join(""), hasData: spans.length > 0 };
  const asked = { queries: watched.queries, formulas: [{ formula: "q1", alias: "value" }] };
  const reply = await data.askTimeseries(asked, window, source);
  const graph = graphOfReplies([{ reply, formulas: asked.formulas, display: "line" }]);
  const markers = watched.thresholds.map(({ value, kind }) => ({
    levels: [value],
    label: "",
    kind,
    isDashed: true,
  }));
  const inner = timeGraph(
    { ...graph, markers, events: [], window },
    { width: box.width, height: box.height - 36 },
  );
  const svg = title + strip.join("") + tag("g", { transform: "translate(0 36)" }, inner);
  return { svg, hasData: graph.curves.length > 0 };
}

const rowHeight = 16;

/** Rows in columns, the first row as heads; what does not fit is left out, as a widget scrolls. */
function table(rows: readonly (readonly string[])[], { width, height }: Box): Picture {
  const shown = rows.slice(0, Math.max(2, Math.floor(height / rowHeight)));
  const places = columnsOf(shown, width);
  const svg = shown.flatMap((cells, row) =>
    cells.map((cell, column) => {
      const place = { ...(places[column] ?? { x: 0, width }), y: 12 + row * rowHeight };
      return textLine(visible(cell), place, { size: 11, ...(row === 0 && { weight: "bold" }) });
    }),
  );
  return { svg: svg.join(""), hasData: rows.length > 1 };
}

/** As wide as their longest text, but no wider than an even share; the last one takes the rest. */
function columnsOf(rows: readonly (readonly string[])[], width: number) {
  const count = rows[0]?.length ?? 1;
  let x = 0;
  return Array.from({ length: count }, (_, column) => {
    const longest = Math.max(...rows.map((cells) => cells[column]?.length ?? 0));
    const own = Math.min(longest * 6.8 + 12, Math.max(width / count, 140));
    const place = { x, width: column === count - 1 ? width - x : own - 8 };
    x += own;
    return place;
  });
}
