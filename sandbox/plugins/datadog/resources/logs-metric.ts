import { idOf, part, parts, setProperties } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import { flag, object, set, text, type Shape } from "../inputs/shape.ts";
import type { JsonMap } from "../api/json.ts";

const PATH = "/api/v2/logs/config/metrics";

const shape: Shape = {
  name: text({ required: true, replace: true }),
  compute: object(
    {
      aggregationType: text({ required: true, replace: true, oneOf: ["count", "distribution"] }),
      path: text({ replace: true }),
      includePercentiles: flag(),
    },
    { required: true },
  ),
  filter: object({ query: text({ required: true }) }, { required: true }),
  groupBies: set(object({ path: text({ required: true }), tagName: text({ required: true }) })),
};

export const logsMetric: ResourceType = {
  shape,
  computed: [],

  async create(api, inputs) {
    const compute = part(inputs, "compute");
    const attributes = {
      compute: { ...setProperties(compute, ["aggregationType", "path"]), ...percentiles(compute) },
      ...changeableAttributes(inputs),
    };
    const body = { data: { type: "logs_metrics", id: inputs["name"], attributes } };
    return liveMetric(await api({ method: "POST", path: PATH, body }));
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: metricPath(id) }));
    return found === undefined ? undefined : liveMetric(found);
  },

  async update(api, id, inputs) {
    const compute = percentiles(part(inputs, "compute"));
    const attributes = { compute, ...changeableAttributes(inputs) };
    const body = { data: { type: "logs_metrics", attributes } };
    return liveMetric(await api({ method: "PATCH", path: metricPath(id), body }));
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: metricPath(id) }));
  },
};

const metricPath = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

function changeableAttributes(inputs: JsonMap): JsonMap {
  return {
    filter: { query: part(inputs, "filter")["query"] },
    group_by: parts(inputs, "groupBies").map((group) => setProperties(group, ["path", "tagName"])),
  };
}

/** Only distributions have percentiles. */
function percentiles(compute: JsonMap): JsonMap {
  if (compute["aggregationType"] !== "distribution") return {};
  return { include_percentiles: compute["includePercentiles"] ?? false };
}

function liveMetric(body: JsonMap): LiveResource {
  const data = part(body, "data");
  const attributes = part(data, "attributes");
  const compute = part(attributes, "compute");
  const name = idOf(data);
  const outputs: JsonMap = {
    name,
    compute: {
      aggregationType: compute["aggregation_type"],
      path: compute["path"] ?? undefined,
      includePercentiles: compute["include_percentiles"] ?? undefined,
    },
    filter: { query: part(attributes, "filter")["query"] },
    groupBies: parts(attributes, "group_by").map((group) => ({
      path: group["path"],
      tagName: group["tag_name"],
    })),
  };
  return { id: name, outputs };
}
