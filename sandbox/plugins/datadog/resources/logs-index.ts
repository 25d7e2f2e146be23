import { idOf, part, parts, setProperties } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import { flag, list, number, object, set, text, whole, type Shape } from "../inputs/shape.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import type { JsonMap } from "../api/json.ts";

const PATH = "/api/v1/logs/config/indexes";

const shape: Shape = {
  name: text({ required: true, replace: true }),
  filters: list(object({ query: text({ required: true }) }), { required: true }),
  exclusionFilters: list(
    object({
      name: text(),
      isEnabled: flag(),
      filters: list(object({ query: text(), sampleRate: number() })),
    }),
  ),
  dailyLimit: whole(),
  dailyLimitReset: object(
    { resetTime: text({ required: true }), resetUtcOffset: text({ required: true }) },
    { computed: true },
  ),
  dailyLimitWarningThresholdPercentage: number({ computed: true }),
  disableDailyLimit: flag({ computed: true }),
  retentionDays: whole({ computed: true }),
  flexRetentionDays: whole({ computed: true }),
  tags: set(text(), { computed: true }),
};

export const logsIndex: ResourceType = {
  shape,
  computed: [
    "dailyLimitReset",
    "dailyLimitWarningThresholdPercentage",
    "disableDailyLimit",
    "retentionDays",
    "flexRetentionDays",
    "tags",
  ],

  async create(api, inputs) {
    const { flexRetentionDays: flex, retentionDays: standard } = inputs;
    const body = {
      name: inputs["name"],
      // Datadog takes no absent retention beside one of flex
      ...(flex !== undefined && standard === undefined && { num_retention_days: 0 }),
      ...attributesOf(inputs),
    };
    return liveIndex(await api({ method: "POST", path: PATH, body }));
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: indexPath(id) }));
    return found && liveIndex(found);
  },

  async update(api, id, inputs) {
    const unlimited = setProperties(inputs, ["disableDailyLimit"]);
    const body = { ...attributesOf(inputs), ...unlimited };
    return liveIndex(await api({ method: "PUT", path: indexPath(id), body }));
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: indexPath(id) }));
  },
};

const indexPath = (name: string) => `${PATH}/${encodeURIComponent(name)}`;

function attributesOf(inputs: JsonMap): JsonMap {
  const { retentionDays: standard, flexRetentionDays: flex } = inputs;
  const reset = part(inputs, "dailyLimitReset");
  return {
    filter: { query: parts(inputs, "filters")[0]?.["query"] },
    exclusion_filters: parts(inputs, "exclusionFilters").map(exclusionOf),
    ...setProperties(inputs, ["dailyLimit", "dailyLimitWarningThresholdPercentage"]),
    ...(inputs["dailyLimitReset"] !== undefined && {
      daily_limit_reset: setProperties(reset, ["resetTime", "resetUtcOffset"]),
    }),
    ...(standard !== undefined && { num_retention_days: standard }),
    ...(flex !== undefined && { num_flex_logs_retention_days: flex }),
    tags: inputs["tags"] ?? [],
  };
}

function exclusionOf(exclusion: JsonMap): JsonMap {
  const [filter] = parts(exclusion, "filters");
  return {
    name: exclusion["name"] ?? "",
    is_enabled: exclusion["isEnabled"] ?? false,
    ...(filter && {
      filter: { query: filter["query"] ?? "", sample_rate: filter["sampleRate"] ?? 0 },
    }),
  };
}

function liveIndex(index: JsonMap): LiveResource {
  const { name, daily_limit: limit, tags } = index;
  const { reset_time: resetTime, reset_utc_offset: resetUtcOffset } = part(
    index,
    "daily_limit_reset",
  );
  const outputs: JsonMap = {
    name,
    filters: [{ query: part(index, "filter")["query"] }],
    exclusionFilters: parts(index, "exclusion_filters").map((exclusion) => ({
      name: exclusion["name"],
      isEnabled: exclusion["is_enabled"],
      filters: exclusion["filter"] === undefined ? [] : [liveFilter(part(exclusion, "filter"))],
    })),
    dailyLimit: limit ?? undefined,
    disableDailyLimit: (limit ?? undefined) === undefined,
    dailyLimitReset: resetTime === undefined ? undefined : { resetTime, resetUtcOffset },
    dailyLimitWarningThresholdPercentage: index["daily_limit_warning_threshold_percentage"] ?? 0,
    retentionDays: index["num_retention_days"] ?? 0,
    flexRetentionDays: index["num_flex_logs_retention_days"] ?? 0,
    tags: tags ?? [],
  };
  return { id: idOf({ id: name }), outputs };
}

const liveFilter = (filter: JsonMap): JsonMap => ({
  query: filter["query"],
  sampleRate: filter["sample_rate"],
});
