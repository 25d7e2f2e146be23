import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { whyNotLogFilter } from "../validation/log-filter.ts";
import { type LogsMetric, replaced, type State, without } from "../state.ts";

type Attributes = LogsMetric["attributes"];

interface CreateBody {
  data: { id: string; attributes: Partial<Attributes> & Pick<Attributes, "compute"> };
}

interface UpdateBody {
  data: { attributes: { compute?: Partial<Attributes["compute"]> } & Partial<Attributes> };
}

/** Datadog's rule for metric names: a letter first, at most 200 characters. */
const metricName = /^[a-zA-Z][a-zA-Z0-9_.]{0,199}$/;

/** What may not stand in a metric's name becomes an underscore. */
function normalized(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9_.]/g, "_");
}

export function createLogsMetric(state: State, call: Call): Answer {
  const { id: wanted, attributes } = (call.body as CreateBody).data;
  const id = normalized(wanted);
  if (!metricName.test(id)) {
    throw new Refusal(
      400,
      `Invalid metric name ${JSON.stringify(id)}: a letter, then up to 199 letters, digits, dots, underscores`,
    );
  }
  if (state.metrics.some((metric) => metric.id === id)) {
    throw new Refusal(409, `already_exists(Metric with name '${id}' already exists)`);
  }
  const metric = declare(id, attributes.compute, attributes);
  return { body: { data: metric }, state: { ...state, metrics: [...state.metrics, metric] } };
}

export function listLogsMetrics(state: State): Answer {
  return { body: { data: state.metrics } };
}

export function getLogsMetric(state: State, call: Call): Answer {
  return { body: { data: find(state, call) } };
}

/** Merges: the provider sends `compute: {}` for "as it was". */
export function updateLogsMetric(state: State, call: Call): Answer {
  const old = find(state, call);
  const { compute, ...attributes } = (call.body as UpdateBody).data.attributes;
  const { aggregation_type: type, path } = old.attributes.compute;
  refuseChange("aggregation_type", type, compute?.aggregation_type);
  refuseChange("path", path, compute?.path);
  const merged = { ...old.attributes.compute, ...compute };
  const metric = declare(old.id, merged, { ...old.attributes, ...attributes });
  const metrics = replaced(state.metrics, metric);
  return { body: { data: metric }, state: { ...state, metrics } };
}

export function deleteLogsMetric(state: State, call: Call): Answer {
  const { id } = find(state, call);
  const metrics = without(state.metrics, id);
  return { status: 204, state: { ...state, metrics } };
}

function find(state: State, call: Call): LogsMetric {
  const name = normalized(call.params["id"] ?? "");
  const metric = state.metrics.find(({ id }) => id === name);
  if (metric === undefined) {
    throw new Refusal(404, `not_found(Metric with name '${name}' not found)`);
  }
  return metric;
}

function refuseChange(key: string, old: string | undefined, wanted: string | undefined): void {
  if (wanted !== undefined && wanted !== old) {
    throw new Refusal(400, `compute.${key} cannot change: delete the metric and create it again`);
  }
}

function declare(
  id: string,
  compute: Attributes["compute"],
  { filter, group_by: groups }: Partial<Attributes>,
): LogsMetric {
  const why = whyNotCompute(compute) ?? whyNotLogFilter("filter", filter?.query ?? "*");
  if (why !== undefined) {
    throw new Refusal(400, why);
  }
  return {
    id,
    type: "logs_metrics",
    attributes: {
      compute,
      filter: filter ?? { query: "*" },
      group_by: (groups ?? []).map((group) => ({ tag_name: group.path, ...group })),
    },
  };
}

function whyNotCompute(compute: Attributes["compute"]): string | undefined {
  const { aggregation_type: type, path, include_percentiles: percentiles } = compute;
  if (type === "distribution" && path === undefined) {
    return "compute.path is missing: a distribution needs the attribute to measure";
  }
  if (type === "count" && path !== undefined) {
    return "compute.path does not go with aggregation_type count";
  }
  return type === "count" && percentiles !== undefined
    ? "compute.include_percentiles does not go with aggregation_type count"
    : undefined;
}
