import { get, messageOf } from "../api/client.ts";
import type { Event, Group, Monitor } from "../api/shapes.ts";
import { announce } from "../dom/announce.ts";
import { badge, element, foreign, link } from "../dom/element.ts";
import { markdown } from "../dom/markdown.ts";
import { repeat, update } from "../dom/refresh.ts";
import { facts, table } from "../dom/table.ts";
import { membersOf } from "../monitors/graph-query.ts";
import { historyOf } from "../monitors/history.ts";
import { type Occasion, occasionsOf, renderMessage } from "../monitors/message.ts";
import { sinceOf } from "../monitors/order.ts";
import { clockTime, sinceWords } from "../time/words.ts";
import type { Page, View } from "../view.ts";
import { eventsOf } from "./monitor-events.ts";
import { strip } from "./strip.ts";

export const monitorPage: Page = { title: "Monitor", draw };

const everyMs = 1000;
const dayMs = 24 * 3_600_000;

async function draw({ place, url, signal }: View): Promise<void> {
  const id = Number(url.pathname.split("/").at(-1));
  const path = `/api/v1/monitor/${id}?group_states=all`;
  const monitor = await get<Monitor>(path, signal);
  const state = element("div");
  const groups = element("div");
  const history = element("div");
  place.append(
    element("h2", {}, foreign(monitor.name)),
    state,
    element("section", {}, element("h3", {}, "Groups and the past day"), groups),
    element("section", {}, element("h3", {}, "Notifications of the past day"), history),
    element("section", {}, element("h3", {}, "Message as people get it"), ...messages(monitor)),
    element("section", {}, element("h3", {}, "Declared as"), declared(monitor)),
  );
  const why = await whyNotEvaluated(id, signal);
  if (why !== undefined)
    place.prepend(element("p", { class: "problem" }, foreign(`not evaluated: ${why}`)));
  let before = monitor.overall_state;
  const look = async (): Promise<void> => {
    const [now, events] = await Promise.all([
      get<Monitor>(path, signal),
      eventsOf(`monitor_id:${id}`, dayMs, signal),
    ]);
    update(state, stateLine(now));
    update(groups, groupTable(now, events));
    update(history, eventTable(events));
    if (now.overall_state !== before) announce(`now ${now.overall_state}`);
    before = now.overall_state;
  };
  repeat(
    everyMs,
    () =>
      look().catch((error: unknown) => {
        if (!signal.aborted) update(state, element("p", { class: "problem" }, messageOf(error)));
      }),
    signal,
  );
}

interface Declared {
  readonly notEvaluated: readonly { readonly id: number; readonly why: string }[];
}

/** The stand-in's own knowledge: Datadog evaluates every monitor that it takes. */
async function whyNotEvaluated(id: number, signal: AbortSignal): Promise<string | undefined> {
  const { notEvaluated } = await get<Declared>("/sandbox/state", signal);
  return notEvaluated.find((one) => one.id === id)?.why;
}

function stateLine(monitor: Monitor): HTMLElement {
  const since = sinceOf(monitor);
  const words =
    monitor.overall_state_modified === null
      ? " never evaluated"
      : ` since ${clockTime(since)}, ${sinceWords(since, Date.now())}`;
  return element("p", {}, badge(monitor.overall_state), words);
}

function groupTable(monitor: Monitor, events: readonly Event[]): Node {
  const known = Object.values(monitor.state?.groups ?? {});
  const groups: readonly (Pick<Group, "name" | "status"> & Partial<Group>)[] =
    known.length > 0 ? known : [{ name: "*", status: monitor.overall_state }];
  const to = Math.ceil(Date.now() / 60_000) * 60_000;
  const rows = groups.map((group) => [
    foreign(group.name === "*" ? "all" : group.name),
    badge(group.status),
    seconds(group.last_triggered_ts),
    seconds(group.last_resolved_ts),
    seconds(group.last_nodata_ts),
    strip(group.name, historyOf(events, group, { from: to - dayMs, to }, sinceOfGroup(group))),
  ]);
  const heads = ["Group", "State", "Last alert", "Last recovery", "Last without data", "Past day"];
  return table("Groups", heads, rows);
}

/** When the state of now began, as far as the group tells it. */
function sinceOfGroup(group: Partial<Group>): number | undefined {
  const { status, last_nodata_ts: noData, last_resolved_ts: ok, last_triggered_ts: bad } = group;
  const at = status === "No Data" ? noData : status === "OK" ? ok : bad;
  return at === null || at === undefined ? undefined : at * 1000;
}

function seconds(at: number | null | undefined): string {
  return at === null || at === undefined ? "never" : clockTime(at * 1000);
}

function eventTable(events: readonly Event[]): Node {
  if (events.length === 0) return element("p", {}, "None.");
  const rows = events.map((one) => [clockTime(one.date_happened * 1000), foreign(one.title)]);
  return table("Notifications, the newest first", ["Time", "Title"], rows);
}

function messages(monitor: Monitor): Node[] {
  const { message, options, tags } = monitor;
  const groupTags = Object.keys(monitor.state?.groups ?? {})[0]?.split(",") ?? [];
  const times = Object.values(monitor.state?.groups ?? {}).flatMap(
    (group) => group.last_triggered_ts ?? [],
  );
  const lastTriggered = times.length === 0 ? undefined : Math.max(...times);
  return occasionsOf(message).map((status) => {
    const thresholds = options.thresholds ?? {};
    const occasion: Occasion = {
      status,
      thresholds,
      groupTags: [...groupTags, ...tags],
      now: Date.now(),
      ...(lastTriggered !== undefined && { lastTriggered: lastTriggered * 1000 }),
    };
    return element(
      "details",
      { open: status === monitor.overall_state || status === "Alert" },
      element("summary", {}, badge(status)),
      markdown(renderMessage(message, occasion)),
    );
  });
}

function declared(monitor: Monitor): Node {
  const members = membersOf(monitor).flatMap((id, index) => [
    ...(index > 0 ? [", "] : []),
    link(`/monitors/${id}`, String(id)),
  ]);
  return facts([
    ["Type", foreign(monitor.type)],
    ["Query", element("code", {}, foreign(monitor.query))],
    ...(members.length > 0 ? ([["Joins", element("span", {}, ...members)]] as const) : []),
    ["Priority", monitor.priority === null ? "none" : `P${monitor.priority}`],
    ["Tags", foreign(monitor.tags.join(", "))],
    ["Options", element("code", {}, foreign(JSON.stringify(monitor.options)))],
  ]);
}
