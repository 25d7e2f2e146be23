import { messageOf } from "../api/client.ts";
import type { FoundEvent } from "../api/shapes.ts";
import { foundEvents } from "../dashboards/overlay.ts";
import { element, foreign } from "../dom/element.ts";
import { markdown } from "../dom/markdown.ts";
import { repeat, update } from "../dom/refresh.ts";
import { rangeOf, windowOf } from "../time/range.ts";
import { clockTime } from "../time/words.ts";
import type { Page, View } from "../view.ts";
import { searchForm } from "./search-form.ts";
import { timeControls } from "./time-controls.ts";

export const eventsPage: Page = { title: "Events", draw };

const everyMs = 2000;
const dayMs = 24 * 3_600_000;
const shownEvents = 200;

function draw(view: View): void {
  const { place, url, signal } = view;
  const query = url.searchParams.get("query") ?? "";
  const range = rangeOf(url.searchParams, dayMs);
  const problem = element("div");
  const list = element("ol", { class: "events" });
  place.append(
    searchForm(view, { name: "query", label: "Search: text, source:…, tag:value", value: query }),
    timeControls(view, range),
    problem,
    list,
  );
  const shown = new Set<string>();
  const look = async (): Promise<void> => {
    const window = windowOf(range, Date.now());
    const events = await foundEvents(query === "" ? "*" : query, window, {
      limit: shownEvents,
      signal,
    });
    // only what is new is added: an event that somebody has opened stays open
    const fresh = events.filter(({ id }) => !shown.has(id));
    for (const { id } of fresh) shown.add(id);
    list.prepend(...fresh.map(eventItem));
    update(problem, ...(shown.size === 0 ? [element("p", {}, "No event in this time.")] : []));
  };
  repeat(
    everyMs,
    () =>
      look().catch((error: unknown) => {
        if (!signal.aborted)
          update(problem, element("p", { class: "problem" }, foreign(messageOf(error))));
      }),
    signal,
  );
}

function eventItem({ attributes: event }: FoundEvent): HTMLElement {
  const title = event.attributes?.title ?? "";
  return element(
    "li",
    {},
    element(
      "details",
      {},
      element(
        "summary",
        {},
        `${clockTime(Date.parse(event.timestamp))} `,
        foreign(title === "" ? "no title" : title),
      ),
      markdown(event.message ?? ""),
      element("p", { class: "tags" }, foreign((event.tags ?? []).join(", "))),
    ),
  );
}
