import { at, listAt, membersAt, textAt } from "./read.ts";
import type { Resource } from "./rule.ts";

export function isMonitor({ type }: Resource): boolean {
  return type === "datadog:index/monitor:Monitor";
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

/** All queries that the graphs of a dashboard ask. */
export function queriesIn(dashboard: unknown): readonly string[] {
  return widgetsIn(dashboard).flatMap((widget) => queriesBelow(at(widget, "requests")));
}

function queriesBelow(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(queriesBelow);
  return membersAt(value).flatMap(([key, inner]) =>
    typeof inner === "string" && (key === "query" || key === "q") ? [inner] : queriesBelow(inner),
  );
}

/** Pipelines that stand inside of a pipeline, at any depth, and the outer one itself. */
export function pipelinesIn(pipeline: unknown): readonly unknown[] {
  const inner = listAt(pipeline, "processors").map((processor) => at(processor, "pipeline"));
  return [pipeline, ...inner.filter((found) => found !== undefined).flatMap(pipelinesIn)];
}
