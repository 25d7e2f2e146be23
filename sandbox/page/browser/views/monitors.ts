import { get, messageOf } from "../api/client.ts";
import type { Event, Group, Monitor } from "../api/shapes.ts";
import { announce } from "../dom/announce.ts";
import { badge, element, foreign, link } from "../dom/element.ts";
import { repeat, update } from "../dom/refresh.ts";
import { table } from "../dom/table.ts";
import { historyOf } from "../monitors/history.ts";
import { byUrgency, countByState, sinceOf } from "../monitors/order.ts";
import { clockTime } from "../time/words.ts";
import type { Page, View } from "../view.ts";
import { eventsByMonitor } from "./monitor-events.ts";
import { searchForm } from "./search-form.ts";
import { strip } from "./strip.ts";

export const monitorsPage: Page = { title: "Monitors", draw };

const everyMs = 1000;
const hourMs = 3_600_000;

interface Found {
  readonly monitors: readonly { readonly id: number }[];
  readonly metadata: { readonly total_count: number };
}

/** The list that Datadog's own search finds; the state of each is of the list of monitors. */
function draw(view: View): void {
  const { place, url, signal } = view;
  const query = url.searchParams.get("q") ?? "";
  const list = element("div");
  const label = "Search: text, status:alert, priority:p1, tag:…, type:…";
  place.append(searchForm(view, { name: "q", label, value: query }), frequentSearches(), list);
  let announced: string | undefined;
  const look = async (): Promise<void> => {
    const [all, found, events] = await Promise.all([
      get<readonly Monitor[]>("/api/v1/monitor?group_states=all", signal),
      search(query, signal),
      eventsByMonitor(hourMs, signal),
    ]);
    const ids = new Set(found.monitors.map(({ id }) => id));
    const shown = all.filter(({ id }) => ids.has(id)).toSorted(byUrgency);
    update(list, counts(shown, all.length), ...monitorTable(shown, events));
    const words = `${shown.length} of ${all.length} monitors`;
    if (announced !== words) announce(words);
    announced = words;
  };
  repeat(
    everyMs,
    () =>
      look().catch((error: unknown) => {
        if (!signal.aborted) update(list, element("p", { class: "problem" }, messageOf(error)));
      }),
    signal,
  );
}

async function search(query: string, signal: AbortSignal): Promise<Found> {
  const path = `/api/v1/monitor/search?per_page=1000&query=${encodeURIComponent(query)}`;
  return get<Found>(path, signal);
}

const frequent = ["status:alert", "status:warn", 'status:"no data"', "status:ok", "priority:p1"];

/** Searches that are asked again and again. */
function frequentSearches(): HTMLElement {
  const links = frequent.map((one) => link(`/monitors/manage?q=${encodeURIComponent(one)}`, one));
  const all = link("/monitors/manage", "all");
  return element(
    "ul",
    { class: "counts" },
    ...[...links, all].map((one) => element("li", {}, one)),
  );
}

function counts(shown: readonly Monitor[], all: number): HTMLElement {
  return element(
    "ul",
    { class: "counts" },
    element("li", {}, `${shown.length} of ${all}`),
    ...countByState(shown).map(([state, count]) => element("li", {}, badge(state), ` ${count}`)),
  );
}

function monitorTable(
  shown: readonly Monitor[],
  events: ReadonlyMap<number, readonly Event[]>,
): Node[] {
  if (shown.length === 0) return [element("p", {}, "No monitor matches.")];
  const now = Date.now();
  const rows = shown.map((monitor) => [
    badge(monitor.overall_state),
    monitor.priority === null ? "none" : `P${monitor.priority}`,
    link(`/monitors/${monitor.id}`, monitor.name),
    monitor.overall_state_modified === null ? "never evaluated" : clockTime(sinceOf(monitor)),
    groupsCell(Object.values(monitor.state?.groups ?? {})),
    strip(monitor.name, overallHistory(monitor, events.get(monitor.id) ?? [], now)),
  ]);
  return [table("Monitors", ["State", "Priority", "Name", "Since", "Groups", "Past hour"], rows)];
}

/** One strip for the whole monitor: that of its worst group now. */
function overallHistory(monitor: Monitor, events: readonly Event[], now: number) {
  const groups = Object.values(monitor.state?.groups ?? {});
  const worst = groups.find(({ status }) => status === monitor.overall_state);
  const group = worst ?? { name: "*", status: monitor.overall_state };
  // strips move by the minute: a list that changes every second cannot be read
  const to = Math.ceil(now / 60_000) * 60_000;
  const since = monitor.overall_state_modified === null ? undefined : sinceOf(monitor);
  return historyOf(events, group, { from: to - hourMs, to }, since);
}

function groupsCell(groups: readonly Group[]): Node | string {
  const named = groups.filter(({ name }) => name !== "*");
  if (named.length === 0) return "";
  const alerting = named.filter(({ status }) => status !== "OK");
  return element(
    "span",
    {},
    `${alerting.length} of ${named.length} not OK`,
    ...alerting.slice(0, 3).flatMap(({ name }) => [", ", foreign(name)]),
  );
}
