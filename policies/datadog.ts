import { at, listAt, membersAt, textAt } from "./values.ts";
import type { Resource } from "./rule.ts";

export function isMonitor({ type }: Resource): boolean {
  return type === "datadog:index/monitor:Monitor";
}

/** Whether a resource has an alert of its own: a monitor, or a test with one. */
export function hasAlert(resource: Resource): boolean {
  return isMonitor(resource) || resource.type === "datadog:index/syntheticsTest:SyntheticsTest";
}

export function isPipeline({ type }: Resource): boolean {
  return type === "datadog:index/logsCustomPipeline:LogsCustomPipeline";
}

/** Values of a monitor's tags with one key. */
export function tagsOf({ inputs }: Resource, key: string): readonly string[] {
  return listAt(inputs, "tags")
    .map((tag) => textAt(tag) ?? "")
    .filter((tag) => tag.startsWith(`${key}:`))
    .map((tag) => tag.slice(key.length + 1))
    .filter((value) => value !== "");
}

/** A monitor's message without what people read of a recovery, and what they read of it. */
export function messageOf({ inputs }: Resource) {
  const message = textAt(inputs, "message") ?? "";
  const recovery = /\{\{#(is_(?:\w+_)?recovery)\}\}([^]*?)\{\{\/\1\}\}/g;
  return {
    alert: message.replace(recovery, ""),
    recoveries: [...message.matchAll(recovery)].map(([, , text = ""]) => text),
  };
}

export function isDashboard({ type }: Resource): boolean {
  return type === "datadog:index/dashboardJson:DashboardJson";
}

/** A dashboard as the API sees it; undefined for text that is no JSON. */
export function dashboardOf({ inputs }: Resource): unknown {
  const text = textAt(inputs, "dashboard") ?? "";
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The definitions of all widgets of a dashboard, those in groups included. */
export function widgetsIn(dashboard: unknown): readonly unknown[] {
  return listAt(dashboard, "widgets").flatMap((widget) => {
    const definition = at(widget, "definition");
    return [definition, ...widgetsIn(definition)];
  });
}

/** All queries that the widgets of a dashboard ask; one that asks for everything is empty. */
export function queriesIn(dashboard: unknown): readonly string[] {
  return widgetsIn(dashboard).flatMap(queriesOf);
}

/** Widgets whose query stands beside their title; without one they show everything. */
const lists = ["log_stream", "event_stream", "event_timeline", "manage_status"];

function queriesOf(widget: unknown): readonly string[] {
  const isList = lists.includes(textAt(widget, "type") ?? "");
  const own = textAt(widget, "query") ?? (isList ? "" : undefined);
  const source = at(widget, "source_widget_definition");
  return [
    ...(own === undefined ? [] : [own]),
    ...queriesBelow(at(widget, "requests")),
    ...(source === undefined ? [] : queriesOf(source)),
  ];
}

function queriesBelow(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(queriesBelow);
  const found = membersAt(value).flatMap(([key, inner]) =>
    typeof inner === "string" && /^(q|query|query_string)$/.test(key)
      ? [inner]
      : queriesBelow(inner),
  );
  return found.length === 0 && readsEvents(value) ? [""] : found;
}

/** Whether an object is a query of logs, or of other events, by what it computes or lists. */
function readsEvents(value: unknown): boolean {
  return (
    at(value, "compute") !== undefined ||
    at(value, "multi_compute") !== undefined ||
    (textAt(value, "data_source") ?? "").endsWith("_stream")
  );
}

/** Pipelines that stand inside of a pipeline, at any depth, and the outer one itself. */
export function pipelinesIn(pipeline: unknown): readonly unknown[] {
  const inner = listAt(pipeline, "processors").map((processor) => at(processor, "pipeline"));
  return [pipeline, ...inner.filter((found) => found !== undefined).flatMap(pipelinesIn)];
}
