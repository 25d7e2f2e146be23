import type { AddressInfo } from "node:net";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";
import type { Monitor } from "../../../sandbox/datadog/state.ts";
import { idOf, metricMonitor, standIn, type StandIn } from "../datadog/stand-in.ts";
import { brokenWidgets, everyWidget } from "./boards.ts";
import { hostileText } from "./hostile-text.ts";
import { now } from "./tab.ts";

/** A page to look at, and a text that is there once it is drawn. */
interface PageToSee {
  readonly path: string;
  readonly shows: string;
  /** Whether it shows the hostile texts. */
  readonly isHostile?: boolean;
  /** Whether the API refuses what it asks, which it has to say. */
  readonly isRefused?: boolean;
}

export interface PageServer {
  readonly url: string;
  readonly pages: readonly PageToSee[];
  /** A monitor that is OK. */
  readonly quiet: { readonly id: number; readonly name: string };
  /** Path of a board with one widget of each type. */
  readonly board: string;
  /** Paths of the boards that the stack declares. */
  readonly declared: readonly string[];
  setState(id: number, status: "OK" | "Warn" | "Alert"): Promise<void>;
  unknownRequests(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A stand-in on a free port, with monitors in every state and hostile texts in each place. */
export async function servePage(): Promise<PageServer> {
  const on = standIn();
  on.setNow(now);
  const quiet = await declareMonitor(on, "orders fail now and then", 3);
  const alerting = await declareMonitor(on, "payment has no available replica", 1);
  const hostile = await declareMonitor(on, hostileText.sent, 2);
  const silent = await declareMonitor(on, "an agent does not report", null);
  await setState(on, quiet, { "*": "OK" });
  await setState(on, alerting, { "*": "Alert" });
  await setState(on, hostile, { "host:<b>a</b>": "Warn", "host:b": "OK" });
  await setState(on, silent, { "*": "No Data" });
  await postEvents(on, hostile);
  await sendTelemetry(on);
  const slo = idOf(await on.send("POST /api/v1/slo", sloOf(quiet)));
  const board = await declareBoard(on, everyWidget(alerting, slo));
  const broken = await declareBoard(on, brokenWidgets);
  const declared = await declareStack(on);
  await on.app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = on.app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    quiet: { id: quiet, name: "orders fail now and then" },
    board,
    declared,
    pages: [
      { path: "/", shows: "payment has no available replica", isHostile: true },
      { path: "/monitors/manage", shows: "an agent does not report", isHostile: true },
      { path: "/monitors/manage?q=nothing-at-all", shows: "No monitor matches" },
      { path: "/monitors/manage?q=odd:term", shows: "cannot search by", isRefused: true },
      { path: `/monitors/${alerting}`, shows: "Message as people get it" },
      { path: `/monitors/${hostile}`, shows: "Message as people get it", isHostile: true },
      { path: "/dashboard/lists", shows: "Every widget", isHostile: true },
      { path: "/dashboard/lists?q=broken", shows: "Broken widgets" },
      { path: board, shows: "inside of the group", isHostile: true },
      { path: broken, shows: "Still here", isRefused: true },
      { path: "/logs", shows: "Show older logs", isHostile: true },
      { path: "/logs?query=status:error", shows: "sock-shop-orders", isHostile: true },
      { path: "/logs?query=%22open", shows: "Search in Datadog's syntax", isRefused: true },
      {
        path: `/logs?event=${logId}`,
        shows: "What each step of the pipelines did",
        isHostile: true,
      },
      { path: "/logs/livetail", shows: "Logs, the newest first", isHostile: true },
      { path: "/event/explorer", shows: "incident payment-down is staged", isHostile: true },
      { path: "/slo/manage", shows: "Orders that are placed" },
      { path: "/logs/pipelines", shows: "Log-based metrics", isHostile: true },
    ],
    setState: (id, status) => setState(on, id, { "*": status }),
    unknownRequests: async () => {
      const { requests } = (await on.send("GET /sandbox/requests?unknown")).body as {
        requests: { method: string; url: string }[];
      };
      return requests.map(({ method, url }) => `${method} ${url}`);
    },
    close: () => on.app.close(),
  };
}

function sloOf(monitor: number) {
  const thresholds = [{ timeframe: "7d", target: 99, warning: 99.5 }];
  return { name: "Orders that are placed", type: "monitor", monitor_ids: [monitor], thresholds };
}

/** The path of a board that was declared. */
async function declareBoard(on: StandIn, board: object | string): Promise<string> {
  const { status, body } = await on.send("POST /api/v1/dashboard", board);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return (body as { url: string }).url;
}

/** The boards of the stack, with ids of objects that there are in place of those of Datadog. */
async function declareStack(on: StandIn): Promise<readonly string[]> {
  const { resources } = await stackGraph({}, [], () => undefined);
  const boards = resources.filter(({ type }) => type.endsWith("DashboardJson"));
  const [monitor] = on.state().monitors;
  const [slo] = on.state().slos;
  const paths: string[] = [];
  for (const { inputs } of boards) {
    const text = String(inputs["dashboard"])
      .replaceAll(/"alert_id":"[^"]*"/g, `"alert_id":"${monitor?.id ?? ""}"`)
      .replaceAll(/"slo_id":"[^"]*"/g, `"slo_id":"${slo?.id ?? ""}"`);
    paths.push(await declareBoard(on, text));
  }
  return paths;
}

const logId = "page-0-0";
const batches = 3;
const logsOfBatch = 60;

/** Orders as a metric, and as lines that a pipeline reads; all within the last quarter of an hour. */
async function sendTelemetry(on: StandIn): Promise<void> {
  const second = Date.parse(now) / 1000;
  const points = (value: number) =>
    Array.from({ length: 50 }, (_, index) => ({ timestamp: second - 10 * index, value }));
  const series = ["placed", "refused", "<b>odd</b>"].map((outcome, index) => {
    const tags = ["kube_namespace:sock-shop", `outcome:${outcome}`];
    return { metric: "shop.orders", type: 1, interval: 10, points: points(index + 1), tags };
  });
  await on.send("POST /api/v2/series", { series });
  await on.send("POST /api/v1/logs/config/pipelines", {
    name: "<i>shop</i>",
    is_enabled: true,
    filter: { query: "service:sock-shop-orders" },
    processors: [
      {
        type: "attribute-remapper",
        name: hostileText.sent,
        is_enabled: true,
        sources: ["order.outcome"],
        source_type: "attribute",
        target: "evt.outcome",
        target_type: "attribute",
        preserve_source: true,
      },
    ],
  });
  for (let batch = 0; batch < batches; batch += 1) {
    const logs = Array.from({ length: logsOfBatch }, (_, index) => ({
      message: `${hostileText.sent} ${index}`,
      status: index % 2 === 0 ? "error" : "info",
      service: "sock-shop-orders",
      ddsource: "spring-boot",
      timestamp: Date.parse(now) - 1000 * (index + batch * logsOfBatch),
      order: { outcome: index % 2 === 0 ? "refused" : "placed", id: `${batch}-${index}` },
    }));
    await on.send("POST /api/v2/logs", logs, { "sandbox-batch": `page-${batch}` });
  }
  await on.service.ingestion.idle();
}

async function declareMonitor(on: StandIn, name: string, priority: number | null): Promise<number> {
  const message =
    `{{#is_alert}}**down**: ${hostileText.sent}{{/is_alert}}{{#is_recovery}}up{{/is_recovery}}\n` +
    "First: look at http://127.0.0.1:2026/logs?query=service%3Apayment\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
  const body = metricMonitor({ name, message, priority });
  return Number(idOf(await on.send("POST /api/v1/monitor", body)));
}

async function setState(
  on: StandIn,
  id: Monitor["id"],
  groups: Readonly<Record<string, "OK" | "Warn" | "Alert" | "No Data">>,
): Promise<void> {
  const since = Date.parse(now) - 600_000;
  const known = {
    of: "",
    since,
    evaluated: since,
    downtimes: [],
    groups: Object.fromEntries(
      Object.entries(groups).map(([name, status]) => [name, { status, since }]),
    ),
  };
  await on.change((state) => ({
    ...state,
    evaluation: {
      ...state.evaluation,
      monitors: { ...state.evaluation.monitors, [id]: known },
    },
  }));
}

async function postEvents(on: StandIn, monitor: number): Promise<void> {
  const at = Date.parse(now) / 1000;
  const events = [
    {
      title: "Sock Shop: incident payment-down is staged",
      tags: ["marker:incident", "phase:start"],
    },
    { title: hostileText.sent, tags: ["source:kubernetes"] },
  ];
  for (const [index, event] of events.entries()) {
    await on.send("POST /api/v1/events", {
      ...event,
      text: hostileText.sent,
      date_happened: at - 900 + index,
      alert_type: "warning",
    });
  }
  await on.change((state) => ({
    ...state,
    events: [
      ...state.events,
      {
        id: 1,
        title: `[Warn on host:<b>a</b>] ${hostileText.sent}`,
        text: hostileText.sent,
        date_happened: at - 600,
        tags: ["source:monitor", `monitor_id:${monitor}`],
        priority: "normal",
        alert_type: "warning",
        monitor_id: monitor,
      },
    ],
  }));
}
