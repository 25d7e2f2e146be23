import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import type { LogService } from "../logs/log-service.ts";
import { parseTagFilter, tagsMatch } from "../evaluation/query/tag-filter.ts";
import type { State } from "../state.ts";

/** `GET /api/v1/metrics`: names of the metrics that have points since `from`, in seconds. */
export function listActiveMetrics({ telemetry }: LogService, call: Call): Answer {
  const text = call.query["from"] ?? "";
  if (!/^\d{1,11}$/.test(text)) {
    throw new Refusal(400, `from ${JSON.stringify(text)} must be a time in whole seconds`);
  }
  const since = Number(text) * 1000;
  const { host, tag_filter: filter } = call.query;
  const wanted = [host === undefined ? [] : [`host:${host}`], filter ?? []].flat();
  const metrics = telemetry.metrics
    .names(since)
    .filter((name) => wanted.length === 0 || hasTags(telemetry, name, { since, wanted }));
  return { body: { from: text, metrics } };
}

interface Wanted {
  readonly since: number;
  readonly wanted: readonly string[];
}

function hasTags(
  { metrics }: LogService["telemetry"],
  name: string,
  { since, wanted }: Wanted,
): boolean {
  const terms = parseTagFilter(wanted.join(","));
  if (typeof terms === "string") throw new Refusal(400, terms);
  return metrics.tagSets(since, name).some((tags) => tagsMatch(terms, tags));
}

const dayMs = 86_400_000;

/** `GET /api/v1/search?q=metrics:name`: what has the words in its name. */
export function searchMetrics({ telemetry }: LogService, call: Call): Answer {
  const [, facet, text = ""] = /^(?:(metrics|hosts):)?(.*)$/.exec(call.query["q"] ?? "") ?? [];
  const since = call.now.getTime() - dayMs;
  const metrics = telemetry.metrics.names(since).filter((name) => name.includes(text));
  const hosts = hostNames(telemetry, since).filter((name) => name.includes(text));
  return {
    body: {
      results: {
        ...(facet !== "hosts" && { metrics }),
        ...(facet !== "metrics" && { hosts }),
      },
    },
  };
}

function hostNames({ metrics }: LogService["telemetry"], since: number): string[] {
  const tags = metrics.tagSets(since).flat();
  return [...new Set(tags.filter((tag) => tag.startsWith("host:")))].map((tag) => tag.slice(5));
}

/** `GET /api/v1/metrics/{name}`: what its points are; nobody has described it. */
export function getMetricMetadata({ telemetry }: LogService, call: Call): Answer {
  const name = call.params["name"] ?? "";
  const type = telemetry.metrics.kindOf(name);
  if (type === undefined) throw new Refusal(404, `metric_name not found: ${name}`);
  return {
    body: {
      type,
      description: null,
      short_name: null,
      unit: null,
      per_unit: null,
      integration: name.startsWith("kubernetes_state.") ? "kubernetes_state_core" : null,
      statsd_interval: type === "count" ? 10 : null,
    },
  };
}

const hourMs = 3_600_000;

/** `GET /api/v2/metrics`: all of the window, log-based ones with their declared tags. */
export function listMetricsV2({ telemetry }: LogService, call: Call, state: State): Answer {
  const { query, now } = call;
  const windowMs = (wholeParameter(call, "window[seconds]") ?? 3600) * 1000;
  const since = now.getTime() - windowMs;
  const size = wholeParameter(call, "page[size]") ?? 10_000;
  const type = query["filter[metric_type]"];
  const tags = query["filter[tags]"];
  const configured = query["filter[configured]"] ?? query["filter[tags_configured]"];
  const found = telemetry.metrics
    .names(since)
    .filter((name) => tags === undefined || hasTags(telemetry, name, { since, wanted: [tags] }))
    .filter((name) => type === undefined || telemetry.metrics.kindOf(name) === type)
    .map((name) => configurationOf(name, state) ?? { id: name, type: "metrics" })
    .filter(
      (one) => configured === undefined || (one.type !== "metrics") === (configured === "true"),
    );
  return {
    body: {
      data: found.slice(0, size),
      links: { first: null, last: null, next: null, prev: null, self: null },
      meta: { pagination: { cursor: null, limit: size, next_cursor: null, type: "cursor_limit" } },
    },
  };
}

/** A log-based metric has the tags that its definition names. */
function configurationOf(name: string, { metrics }: State) {
  const declared = metrics.find(({ id }) => id === name)?.attributes;
  if (declared === undefined) return undefined;
  const { compute, group_by: groups } = declared;
  return {
    id: name,
    type: "manage_tags",
    attributes: {
      metric_type: compute.aggregation_type,
      include_percentiles: compute.include_percentiles ?? false,
      tags: groups.map(({ path, tag_name: tag }) => tag ?? path.replace(/^@/, "")),
    },
  };
}

/** `GET /api/v2/metrics/{name}/all-tags`: the tags that its points have, each value. */
export function allTags({ telemetry }: LogService, call: Call): Answer {
  const { id, tags } = tagsOf(telemetry, call, hourMs);
  const limit = wholeParameter(call, "page[limit]") ?? tags.length;
  const shown = tags.slice(0, limit);
  return {
    body: { data: { id, type: "metrics", attributes: { tags: shown, ingested_tags: shown } } },
  };
}

/** `GET /api/v2/metrics/{name}/active-configurations`: the keys that queries may group by. */
export function activeConfigurations({ telemetry }: LogService, call: Call): Answer {
  const { id, tags } = tagsOf(telemetry, call, 7 * dayMs);
  const keys = [...new Set(tags.map((tag) => tag.split(":", 1)[0]))];
  const attributes = { active_tags: keys, active_aggregations: [] };
  return { body: { data: { id, type: "actively_queried_configurations", attributes } } };
}

function tagsOf({ metrics }: LogService["telemetry"], call: Call, defaultMs: number) {
  const id = call.params["name"] ?? "";
  if (metrics.kindOf(id) === undefined) throw new Refusal(404, `metric_name not found: ${id}`);
  const seconds = wholeParameter(call, "window[seconds]");
  const since = call.now.getTime() - (seconds === undefined ? defaultMs : seconds * 1000);
  const filter = call.query["filter[tags]"] ?? "";
  const tags = [...new Set(metrics.tagSets(since, id).flat())];
  return { id, tags: tags.filter((tag) => tag.includes(filter)).sort() };
}
