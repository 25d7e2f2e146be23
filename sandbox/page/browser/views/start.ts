import { get, messageOf } from "../api/client.ts";
import type { Event, Monitor } from "../api/shapes.ts";
import { announce } from "../dom/announce.ts";
import { badge, element, foreign, link } from "../dom/element.ts";
import { repeat, update } from "../dom/refresh.ts";
import { facts, table } from "../dom/table.ts";
import { incidentOf, markersOf } from "../monitors/incident.ts";
import { byUrgency, countByState, isAlerting, sinceOf } from "../monitors/order.ts";
import { clockTime, sinceWords } from "../time/words.ts";
import type { Page, View } from "../view.ts";
import { refusedRequests, shopFigures } from "./start-figures.ts";

/** State changes are on screen within two seconds: one second between two looks. */
const everyMs = 1000;
const slowlyMs = 5000;

export const startPage: Page = { title: "What is going on", draw };

function draw({ place, signal }: View): void {
  const alerts = element("div");
  const incident = element("div");
  const shop = element("div");
  const refused = element("div");
  place.append(
    section("Alerts now", alerts),
    section("Staged incident", incident),
    section("The shop's ledger", shop),
    section("Requests that the stand-in refused", refused),
    section("Elsewhere", links()),
  );
  let before: string | undefined;
  repeat(
    everyMs,
    guarded(alerts, async () => {
      const monitors = await get<readonly Monitor[]>("/api/v1/monitor", signal);
      update(alerts, ...alertList(monitors, Date.now()));
      const words = stateWords(monitors);
      if (before !== undefined && before !== words) announce(words);
      before = words;
    }),
    signal,
  );
  repeat(
    everyMs,
    guarded(incident, async () => {
      update(incident, ...incidentState(await recentEvents(signal), Date.now()));
    }),
    signal,
  );
  repeat(
    slowlyMs,
    guarded(shop, async () => {
      update(shop, ...(await shopFigures(signal)));
    }),
    signal,
  );
  repeat(
    slowlyMs,
    guarded(refused, async () => {
      update(refused, ...(await refusedRequests(signal)));
    }),
    signal,
  );
}

/** One part that fails says so in its own place. */
function guarded(place: HTMLElement, run: () => Promise<void>): () => Promise<void> {
  return () =>
    run().catch((error: unknown) => {
      update(place, element("p", { class: "problem" }, messageOf(error)));
    });
}

function section(title: string, body: HTMLElement): HTMLElement {
  return element("section", {}, element("h2", {}, title), body);
}

function stateWords(monitors: readonly Monitor[]): string {
  return countByState(monitors)
    .map(([state, count]) => `${count} ${state}`)
    .join(", ");
}

function alertList(monitors: readonly Monitor[], now: number): Node[] {
  const alerting = monitors.filter(isAlerting).toSorted(byUrgency);
  const counts = countByState(monitors).map(([state, count]) =>
    element("li", {}, badge(state), ` ${count}`),
  );
  const rows = alerting.map((one) => [
    one.priority === null ? "none" : `P${one.priority}`,
    badge(one.overall_state),
    link(`/monitors/${one.id}`, one.name),
    one.overall_state_modified === null
      ? "never evaluated"
      : `${clockTime(sinceOf(one))}, ${sinceWords(sinceOf(one), now)}`,
  ]);
  return [
    element("ul", { class: "counts" }, ...counts),
    alerting.length === 0
      ? element("p", {}, monitors.length === 0 ? "No monitor is declared." : "No monitor alerts.")
      : table("Alerts by priority", ["Priority", "State", "Monitor", "Since"], rows),
  ];
}

const dayMs = 24 * 3_600_000;

async function recentEvents(signal: AbortSignal): Promise<readonly Event[]> {
  const end = Math.ceil(Date.now() / 1000);
  const start = Math.floor((Date.now() - dayMs) / 1000);
  const path = `/api/v1/events?start=${start}&end=${end}`;
  return (await get<{ events: readonly Event[] }>(path, signal)).events;
}

function incidentState(events: readonly Event[], now: number): Node[] {
  const { isOn, since, title } = incidentOf(markersOf(events));
  const state = isOn
    ? element(
        "p",
        {},
        badge("Alert", "staged"),
        " ",
        foreign(title),
        `, ${sinceWords(since ?? now, now)}`,
      )
    : element("p", {}, badge("OK", "none"), " No marker says that an incident is staged.");
  const rows = events
    .slice(0, 30)
    .map((event) => [
      clockTime(event.date_happened * 1000),
      event.monitor_id === undefined
        ? foreign(event.title)
        : link(`/monitors/${event.monitor_id}`, event.title),
    ]);
  const timeline =
    rows.length === 0
      ? element("p", {}, "No event in the last day.")
      : table("Time line of the last day, the newest first", ["Time", "Event"], rows);
  return [state, element("h3", {}, "Time line"), timeline];
}

function links(): HTMLElement {
  return facts([
    ["Runbook", "docs/runbook.md of the checkout"],
    ["Everything that was declared", link("/sandbox/state", "/sandbox/state")],
    ["Requests so far", link("/sandbox/requests", "/sandbox/requests")],
    ["Figures of the log intake", link("/sandbox/logs", "/sandbox/logs")],
  ]);
}
