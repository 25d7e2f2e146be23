import { messageOf } from "../api/client.ts";
import type { Log } from "../api/shapes.ts";
import { element, foreign, link } from "../dom/element.ts";
import { repeat, update } from "../dom/refresh.ts";
import type { Page, View } from "../view.ts";
import { findLogs } from "./log-search.ts";
import { logTable } from "./logs.ts";
import { searchForm } from "./search-form.ts";

export const liveTailPage: Page = { title: "Live tail", draw };

const everyMs = 1000;
const shownLogs = 100;
const backMs = 60_000;
/** Logs may be stamped a little ahead of the browser's clock. */
const aheadMs = 60_000;

/** The logs as they arrive, the newest first; they can be held to be read. */
function draw(view: View): void {
  const { place, url, signal } = view;
  const query = url.searchParams.get("query") ?? "";
  const list = element("div");
  let isHeld = false;
  const hold = element(
    "button",
    {
      type: "button",
      "aria-pressed": "false",
      onclick: () => {
        isHeld = !isHeld;
        hold.setAttribute("aria-pressed", String(isHeld));
      },
    },
    "Hold",
  );
  const explorer = `/logs?${new URLSearchParams({ query }).toString()}`;
  place.append(
    searchForm(view, { name: "query", label: "Search in Datadog's syntax", value: query }),
    element("div", { class: "row" }, hold, link(explorer, "Log explorer")),
    list,
  );
  let shown: readonly Log[] = [];
  const look = async (): Promise<void> => {
    if (isHeld) return;
    const now = Date.now();
    const window = { from: now - backMs, to: now + aheadMs };
    const { logs } = await findLogs({ query, window, signal }, { limit: shownLogs });
    const known = new Set(logs.map(({ id }) => id));
    shown = [...logs, ...shown.filter(({ id }) => !known.has(id))].slice(0, shownLogs);
    update(
      list,
      shown.length === 0 ? element("p", {}, "No log has arrived yet.") : logTable(shown, url),
    );
  };
  repeat(
    everyMs,
    () =>
      look().catch((error: unknown) => {
        if (!signal.aborted)
          update(list, element("p", { class: "problem" }, foreign(messageOf(error))));
      }),
    signal,
  );
}
