import { PluginError } from "../../grpc/plugin-error.ts";
import { idOf, isEmpty, part, parts, setProperties } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import { flag, list, number, object, set, text, whole, type Shape } from "../inputs/shape.ts";
import { countSpecification, liveCountSpecification } from "./slo-count.ts";
import { isJsonMap, type JsonMap } from "../api/json.ts";

const PATH = "/api/v1/slo";
const TIMEFRAMES = ["7d", "30d", "90d", "custom"];

const metricQuery = object({
  dataSource: text({ default: "metrics" }),
  name: text({ required: true }),
  query: text({ required: true }),
});

// By name in @pulumi/datadog; time slices are left out on purpose.
const shape: Shape = {
  name: text({ required: true }),
  type: text({ required: true, replace: true, oneOf: ["metric", "monitor"] }),
  description: text(),
  tags: set(text()),
  thresholds: list(
    object({
      timeframe: text({ required: true, oneOf: TIMEFRAMES }),
      target: number({ required: true }),
      targetDisplay: text({ local: true }),
      warning: number(),
      warningDisplay: text({ local: true }),
    }),
    { required: true },
  ),
  timeframe: text({ computed: true, oneOf: TIMEFRAMES }),
  targetThreshold: number({ computed: true }),
  warningThreshold: number({ computed: true }),
  query: object({ numerator: text({ required: true }), denominator: text({ required: true }) }),
  sliSpecification: object({
    count: object({
      goodEventsFormula: text({ required: true }),
      totalEventsFormula: text(),
      badEventsFormula: text(),
      queries: list(object({ metricQuery }), { required: true }),
    }),
  }),
  monitorIds: set(whole()),
  groups: set(text()),
  forceDelete: flag({ local: true }),
  validate: flag({ local: true }),
};

export const serviceLevelObjective: ResourceType = {
  shape,
  computed: [],

  /** Checks that the monitors exist, as the official plugin does. */
  async validate(api, inputs) {
    if (inputs["type"] !== "monitor" || inputs["validate"] === false) return;
    for (const id of monitorIds(inputs)) {
      const found = await unlessGone(api({ method: "GET", path: `/api/v1/monitor/${id}` }));
      if (found === undefined) {
        throw new PluginError(`monitorIds names monitor ${id}, which does not exist`);
      }
    }
  },

  async create(api, inputs) {
    const body = await api({ method: "POST", path: PATH, body: sloBody(inputs) });
    return liveSlo(parts(body, "data")[0] ?? {});
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}` }));
    return found === undefined ? undefined : liveSlo(part(found, "data"));
  },

  async update(api, id, inputs) {
    const path = `${PATH}/${id}`;
    const body = await api({ method: "PUT", path, body: { ...sloBody(inputs), id } });
    return liveSlo(parts(body, "data")[0] ?? {});
  },

  async remove(api, id, inputs) {
    const force = inputs["forceDelete"] === true ? "?force=true" : "";
    await unlessGone(api({ method: "DELETE", path: `${PATH}/${id}${force}` }));
  },
};

function monitorIds(inputs: JsonMap): readonly number[] {
  const ids = inputs["monitorIds"];
  return Array.isArray(ids) ? (ids as number[]) : [];
}

function sloBody(inputs: JsonMap): JsonMap {
  return {
    name: inputs["name"],
    type: inputs["type"],
    thresholds: parts(inputs, "thresholds").map((threshold) =>
      setProperties(threshold, ["timeframe", "target", "warning"]),
    ),
    ...setProperties(inputs, [
      "description",
      "tags",
      "timeframe",
      "targetThreshold",
      "warningThreshold",
    ]),
    ...indicatorBody(inputs),
  };
}

/** What the objective is about: monitors, a query, or formulas. */
function indicatorBody(inputs: JsonMap): JsonMap {
  if (inputs["type"] === "monitor") {
    if (monitorIds(inputs).length > 0) return setProperties(inputs, ["monitorIds", "groups"]);
    throw new PluginError("monitorIds is required for an SLO of type monitor");
  }
  const { query, sliSpecification } = inputs;
  if (isJsonMap(sliSpecification)) {
    return { sli_specification: countSpecification(part(sliSpecification, "count")) };
  }
  if (isJsonMap(query)) return { query: setProperties(query, ["numerator", "denominator"]) };
  throw new PluginError("query or sliSpecification is required for an SLO of type metric");
}

function liveSlo(body: JsonMap): LiveResource {
  const outputs: JsonMap = {
    name: body["name"],
    type: body["type"],
    description: body["description"] ?? "",
    tags: body["tags"] ?? [],
    thresholds: parts(body, "thresholds").map(liveThreshold),
    timeframe: body["timeframe"] ?? undefined,
    targetThreshold: body["target_threshold"] ?? undefined,
    warningThreshold: body["warning_threshold"] ?? undefined,
    ...liveIndicator(body),
  };
  return { id: idOf(body), outputs };
}

function liveThreshold(threshold: JsonMap): JsonMap {
  return {
    timeframe: threshold["timeframe"],
    target: threshold["target"],
    targetDisplay: threshold["target_display"] ?? undefined,
    warning: threshold["warning"] ?? undefined,
    warningDisplay: threshold["warning_display"] ?? undefined,
  };
}

function liveIndicator(body: JsonMap): JsonMap {
  if (body["type"] === "monitor") {
    return {
      monitorIds: isEmpty(body["monitor_ids"]) ? undefined : body["monitor_ids"],
      groups: body["groups"] ?? [],
    };
  }
  const { query, sli_specification: specification } = body;
  if (isJsonMap(specification)) {
    return { sliSpecification: { count: liveCountSpecification(part(specification, "count")) } };
  }
  return isJsonMap(query)
    ? { query: { numerator: query["numerator"], denominator: query["denominator"] } }
    : {};
}
