import { post } from "../../api/client.ts";
import type { Definition, Log, Page } from "../../api/shapes.ts";
import { element, link } from "../../dom/element.ts";
import { update } from "../../dom/refresh.ts";
import { type Cell, table } from "../../dom/table.ts";
import { eventCell, logCell } from "../../logs/columns.ts";
import { visible } from "../../text/visible.ts";
import type { Window } from "../../time/range.ts";
import { type Board, type Drawn, valuesMs } from "../board.ts";
import { foundEvents } from "../overlay.ts";
import { isRecord, NotDrawn } from "../requests.ts";

const shownRows = 50;

/** Logs or events, the newest first, in the columns that the widget names. */
export function drawListStream(definition: Definition, board: Board, body: HTMLElement): Drawn {
  const [request] = Array.isArray(definition["requests"])
    ? (definition["requests"] as unknown[])
    : [];
  if (!isRecord(request) || !isRecord(request["query"]))
    throw new NotDrawn("the stream has no query");
  const columns = columnsOf(request["columns"]);
  const { data_source: source, query_string: text = "" } = request["query"];
  const read = readers[String(source)];
  if (read === undefined) throw new NotDrawn(`streams of ${String(source)} are not built`);
  const query = board.expand(String(text));
  return {
    everyMs: valuesMs,
    refresh: async () => {
      const window = board.windowOf(definition);
      const rows = await read({ query, columns, window, signal: board.signal });
      const { href } = sourceLink(String(source), query, window);
      update(
        body,
        rows.length === 0
          ? element("p", {}, "Nothing found.")
          : table(visible(definition.title ?? "Stream"), columns.map(visible), rows),
        element("p", {}, link(href, "Open in the explorer")),
      );
    },
  };
}

interface Question {
  readonly query: string;
  readonly columns: readonly string[];
  readonly window: Window;
  readonly signal: AbortSignal;
}

type Read = (question: Question) => Promise<readonly (readonly Cell[])[]>;

const readers: Partial<Record<string, Read>> = {
  logs_stream: async ({ query, columns, window, signal }) => {
    const { from, to } = window;
    const body = {
      filter: { query, from: String(from), to: String(to) },
      sort: "-timestamp",
      page: { limit: shownRows },
    };
    const { data } = await post<Page<Log>>("/api/v2/logs/events/search", body, signal);
    return data.map((log) => columns.map((field) => logCell(log, field)));
  },
  event_stream: async ({ query, columns, window, signal }) => {
    const events = await foundEvents(query, window, { limit: shownRows, signal });
    return events.map((event) => columns.map((field) => eventCell(event, field)));
  },
};

function columnsOf(columns: unknown): readonly string[] {
  const fields = Array.isArray(columns) ? (columns as readonly unknown[]) : [];
  const names = fields.flatMap((one) => (isRecord(one) ? [String(one["field"])] : []));
  return names.length === 0 ? ["timestamp", "content"] : names;
}

function sourceLink(
  source: string,
  query: string,
  { from, to }: Window,
): { readonly href: string } {
  const path = source === "logs_stream" ? "/logs" : "/event/explorer";
  const search = new URLSearchParams({
    query,
    from_ts: String(from),
    to_ts: String(to),
    live: "true",
  });
  return { href: `${path}?${search.toString()}` };
}
