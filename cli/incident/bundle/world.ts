import { standInClient } from "../../../sandbox/datadog/client.ts";
import { exportLogs } from "../../datadog/log-search.ts";
import { requestDatadog } from "../../datadog/request.ts";
import type { DatadogAccess } from "../../datadog/account.ts";
import type { Session } from "../../stack/stack-session.ts";
import { podLogs } from "../run/observe.ts";
import type { Files } from "./manifest.ts";
import { jsonLines, jsonText } from "./manifest.ts";
import { maskLines } from "./mask-lines.ts";

/** Monitors look back at most this long, but for the burn rates of SLOs. */
const historyMs = 3_600_000;

/** Which part of the world is kept. */
export interface Window {
  readonly namespace: string;

  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** Deployments whose lines are kept as the pods printed them. */
const printing = ["front-end", "orders", "payment", "shipping", "payment-proxy", "shipping-proxy"];

/** What a responder could see, as files of a bundle; nothing of it says what was staged. */
export async function worldFiles(
  session: Session,
  access: DatadogAccess,
  window: Window,
): Promise<Files> {
  const files = new Map<string, string>();
  const { namespace, from, to } = window;
  const begin = new Date(Date.parse(from) - historyMs).toISOString();
  for (const pods of printing) {
    const text = await podLogs(session, namespace, { pods, since: from });
    if (text !== "") files.set(`world/pods/${pods}.log`, maskLines(text));
  }
  const query = `kube_namespace:${namespace}`;
  const logs = await exportLogs(access, query, { from: begin, to });
  files.set("world/window.json", jsonText({ begins: begin, from, to }));
  files.set("world/logs.jsonl", jsonLines(logs));
  for (const [path, value] of Object.entries(await definitions(access, { from: begin, to }))) {
    files.set(path, jsonText(value));
  }
  if (access.standIn) {
    const client = standInClient(access.api);
    const { series, checks } = await client.telemetry(Date.parse(begin), Date.parse(to));
    files.set("world/series.jsonl", jsonLines(series));
    files.set("world/checks.jsonl", jsonLines(checks));
  }
  return files;
}

/** Definitions and states as the API has them at the end. */
async function definitions(
  access: DatadogAccess,
  { from, to }: Pick<Window, "from" | "to">,
): Promise<Readonly<Record<string, unknown>>> {
  const get = (what: string, path: string, scope: string, parameters = {}) =>
    requestDatadog(access, { what, path, scope, parameters });
  const seconds = (time: string) => String(Math.floor(Date.parse(time) / 1000));
  const tags = ["managed-by:pulumi", "team:sock-shop"];
  if (access.cluster !== undefined) tags.push(`kube_cluster_name:${access.cluster}`);
  const states = { group_states: "all", monitor_tags: tags.join(",") };
  const times = { start: seconds(from), end: seconds(to) };
  return {
    "world/monitors.json": await get("monitors", "api/v1/monitor", "monitors_read", states),
    "world/slos.json": await get("SLOs", "api/v1/slo", "slos_read"),
    "world/dashboards.json": await get("dashboards", "api/v1/dashboard", "dashboards_read"),
    "world/pipelines.json": await get(
      "pipelines",
      "api/v1/logs/config/pipelines",
      "logs_read_config",
    ),
    "world/log-metrics.json": await get(
      "log metrics",
      "api/v2/logs/config/metrics",
      "logs_read_config",
    ),
    "world/events.json": await get("events", "api/v1/events", "events_read", times),
  };
}
