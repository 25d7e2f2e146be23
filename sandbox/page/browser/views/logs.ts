import { messageOf } from "../api/client.ts";
import type { Log } from "../api/shapes.ts";
import { timeChart } from "../charts/time-chart.ts";
import { announce } from "../dom/announce.ts";
import { badge, element, foreign, link } from "../dom/element.ts";
import { repeat, update } from "../dom/refresh.ts";
import { type Cell, table } from "../dom/table.ts";
import { type Range, rangeOf, windowOf } from "../time/range.ts";
import { clockTime } from "../time/words.ts";
import type { Page, View } from "../view.ts";
import { logDetail } from "./log-detail.ts";
import { facetLists } from "./log-facets.ts";
import { countOverTime, findLogs } from "./log-search.ts";
import { searchForm } from "./search-form.ts";
import { timeControls } from "./time-controls.ts";

export const logsPage: Page = { title: "Logs", draw };

const quarterMs = 15 * 60_000;
const everyMs = 5000;
const shownLogs = 100;

function draw(view: View): void {
  const { place, url, signal } = view;
  const query = url.searchParams.get("query") ?? "";
  const range = rangeOf(url.searchParams, quarterMs);
  const problem = element("p", { class: "problem" });
  problem.hidden = true;
  const chart = timeChart("Logs over time by status", signal);
  const parts = { opened: element("div"), facets: element("div"), list: element("div") };
  place.append(
    searchForm(view, { name: "query", label: "Search in Datadog's syntax", value: query }),
    element("div", { class: "row" }, timeControls(view, range), link(liveTail(query), "Live tail")),
    problem,
    parts.opened,
    chart.place,
    element(
      "div",
      { class: "explorer" },
      element("aside", { "aria-label": "Facets" }, parts.facets),
      parts.list,
    ),
  );
  const look = async (): Promise<void> => {
    const window = windowOf(range, Date.now());
    const question = { query, window, signal };
    const [{ logs, after }, graph] = await Promise.all([
      findLogs(question, { limit: shownLogs }),
      countOverTime(question),
    ]);
    chart.show({ ...graph, markers: [], events: [], window });
    update(parts.list, logTable(logs, url), ...older(view, { question, parts, cursor: after }));
    update(parts.facets, ...(await facetLists(view, question, logs)));
    await open(view, logs, parts.opened);
  };
  const guarded = async (): Promise<void> => {
    const words = await look().then(
      () => "",
      (error: unknown) => (signal.aborted ? "" : messageOf(error)),
    );
    if (words !== "" && problem.hidden) announce(words);
    problem.replaceChildren(foreign(words));
    problem.hidden = words === "";
  };
  if (isMoving(range)) repeat(everyMs, guarded, signal);
  else void guarded();
}

/** A time that has passed shows the same again and again. */
function isMoving({ kind }: Range): boolean {
  return kind === "live";
}

function liveTail(query: string): string {
  return `/logs/livetail?${new URLSearchParams({ query }).toString()}`;
}

/** Logs as a table; each can be opened. */
export function logTable(logs: readonly Log[], url: URL): HTMLElement {
  if (logs.length === 0) return element("p", {}, "No log matches in this time.");
  const rows = logs.map(({ id, attributes: log }): readonly Cell[] => {
    const next = new URL(url);
    next.pathname = "/logs";
    next.searchParams.set("event", id);
    const time = clockTime(Date.parse(log.timestamp), { withMs: true });
    return [
      link(next.pathname + next.search, time),
      badge(log.status),
      foreign(log.service),
      foreign(log.message.slice(0, 600)),
    ];
  });
  return table("Logs, the newest first", ["Time", "Status", "Service", "Message"], rows);
}

interface Older {
  readonly question: Parameters<typeof findLogs>[0];
  readonly parts: { readonly list: HTMLElement };
  readonly cursor: string | undefined;
}

/** A button that adds the page after the last one. */
function older({ url }: View, { question, parts, cursor }: Older): readonly Node[] {
  if (cursor === undefined) return [];
  const button = element(
    "button",
    { type: "button", onclick: () => void more() },
    "Show older logs",
  );
  const more = async (): Promise<void> => {
    const { logs, after } = await findLogs(question, { limit: shownLogs, cursor });
    const next = older({ url } as View, { question, parts, cursor: after });
    button.replaceWith(logTable(logs, url), ...next);
    announce(`${logs.length} older logs`);
  };
  return [button];
}

/** The log that the address names; one of another time is not found again. */
async function open(
  { url, signal }: View,
  logs: readonly Log[],
  place: HTMLElement,
): Promise<void> {
  const id = url.searchParams.get("event");
  if (id === null || place.dataset["event"] === id) return;
  const log = logs.find((one) => one.id === id);
  if (log === undefined) {
    update(
      place,
      element(
        "p",
        { class: "problem" },
        "The opened log is not among those shown: widen the time.",
      ),
    );
    return;
  }
  update(place, await logDetail(log, url, signal));
  place.dataset["event"] = id;
}
