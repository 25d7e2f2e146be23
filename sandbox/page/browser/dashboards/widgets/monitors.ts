import { get, post } from "../../api/client.ts";
import type { Definition, Event, Monitor, TimeseriesReply } from "../../api/shapes.ts";
import { timeChart } from "../../charts/time-chart.ts";
import { badge, element, link } from "../../dom/element.ts";
import { update } from "../../dom/refresh.ts";
import { table } from "../../dom/table.ts";
import { graphOf } from "../../monitors/graph-query.ts";
import { historyOf } from "../../monitors/history.ts";
import { severityOf, sinceOf } from "../../monitors/order.ts";
import { visible } from "../../text/visible.ts";
import { clockTime } from "../../time/words.ts";
import { eventsOf } from "../../views/monitor-events.ts";
import { strip } from "../../views/strip.ts";
import { type Board, type Drawn, statesMs, textIn, valuesMs } from "../board.ts";
import { graphOfReplies } from "../curves.ts";
import { NotDrawn, timeseriesBody } from "../requests.ts";

interface Found {
  readonly monitors: readonly {
    readonly id: number;
    readonly name: string;
    readonly status: string;
    readonly last_triggered_ts: number | null;
  }[];
}

/** How many monitors are in which state, and which. */
export function drawManageStatus(definition: Definition, board: Board, body: HTMLElement): Drawn {
  const query = board.expand(textIn(definition, "query") ?? "");
  const format = textIn(definition, "display_format") ?? "countsAndList";
  const path = `/api/v1/monitor/search?per_page=1000&query=${encodeURIComponent(query)}`;
  return {
    everyMs: statesMs,
    refresh: async () => {
      const { monitors } = await get<Found>(path, board.signal);
      const sorted = monitors.toSorted((a, b) => severityOf(a.status) - severityOf(b.status));
      update(
        body,
        ...(format === "list" ? [] : [counts(sorted, definition["hide_zero_counts"] !== false)]),
        ...(format === "counts" ? [] : [list(definition, sorted)]),
      );
    },
  };
}

const shownStates = ["Alert", "Warn", "No Data", "OK"];

function counts(monitors: Found["monitors"], hidesZero: boolean): HTMLElement {
  const numbers = shownStates.map((state) => {
    return [state, monitors.filter(({ status }) => status === state).length] as const;
  });
  const shown = numbers.filter(([, count]) => count > 0 || !hidesZero);
  return element(
    "ul",
    { class: "counts" },
    ...shown.map(([state, count]) => element("li", {}, badge(state), ` ${count}`)),
  );
}

function list(definition: Definition, monitors: Found["monitors"]): HTMLElement {
  if (monitors.length === 0) return element("p", {}, "No monitor matches.");
  const withTime = definition["show_last_triggered"] === true;
  const rows = monitors.map(({ id, name, status, last_triggered_ts: at }) => [
    badge(status),
    link(`/monitors/${id}`, name),
    ...(withTime ? [at === null ? "never" : clockTime(at * 1000)] : []),
  ]);
  const heads = ["State", "Monitor", ...(withTime ? ["Last alert"] : [])];
  return table(visible(definition.title ?? "Monitors"), heads, rows);
}

/** The state of one monitor, its history, and the values that it watches. */
export function drawAlertGraph(definition: Definition, board: Board, body: HTMLElement): Drawn {
  const id = textIn(definition, "alert_id");
  if (id === undefined || !/^\d+$/.test(id)) throw new NotDrawn("alert_id is no id of a monitor");
  const state = element("div");
  const chart = timeChart(definition.title ?? "Monitor", board.signal);
  chart.place.hidden = true;
  body.append(state, chart.place);
  let next = 0;
  return {
    everyMs: statesMs,
    refresh: async () => {
      const { signal } = board;
      const monitor = await get<Monitor>(`/api/v1/monitor/${id}?group_states=all`, signal);
      const window = board.windowOf(definition);
      const events = await eventsOf(`monitor_id:${id}`, Date.now() - window.from, signal);
      update(state, ...stateOf(monitor, events, window));
      const graph = graphOf(monitor);
      if (graph === undefined || Date.now() < next) return;
      next = Date.now() + valuesMs;
      const asked = { queries: graph.queries, formulas: [{ formula: "q1", alias: "value" }] };
      const reply = await post<TimeseriesReply>(
        "/api/v2/query/timeseries",
        timeseriesBody(asked, window),
        signal,
      );
      const markers = graph.thresholds.map(({ value, kind }) => ({
        levels: [value],
        label: `threshold ${value}`,
        kind,
        isDashed: true,
      }));
      chart.place.hidden = false;
      const replies = [{ reply, formulas: asked.formulas, display: "line" }];
      chart.show({ ...graphOfReplies(replies), markers, events: [], window });
    },
  };
}

function stateOf(
  monitor: Monitor,
  events: readonly Event[],
  { from, to }: { readonly from: number; readonly to: number },
): Node[] {
  const status = monitor.overall_state;
  const since = monitor.overall_state_modified === null ? undefined : sinceOf(monitor);
  // by the minute: a strip that changes every second cannot be read
  const end = Math.ceil(to / 60_000) * 60_000;
  const group = { name: "*", status };
  return [
    element(
      "p",
      {},
      badge(status),
      since === undefined ? " never evaluated " : ` since ${clockTime(since)} `,
      link(`/monitors/${monitor.id}`, monitor.name),
    ),
    strip(
      visible(monitor.name),
      historyOf(events, group, { from: end - (to - from), to: end }, since),
    ),
  ];
}
