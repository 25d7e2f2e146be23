import type { Api } from "../api/api.ts";
import { apiName, idOf, isEmpty, part, parts, setProperties } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import { monitorShape } from "./monitor-shape.ts";
import type { Json, JsonMap } from "../api/json.ts";

const PATH = "/api/v1/monitor";
const THRESHOLDS = [
  "ok",
  "warning",
  "critical",
  "unknown",
  "warningRecovery",
  "criticalRecovery",
] as const;

// Options that are sent only when they are set, and read as empty when they are absent.
const TEXTS = [
  "onMissingData",
  "groupRetentionDuration",
  "escalationMessage",
  "notificationPresetName",
] as const;
const NUMBERS = [
  "newGroupDelay",
  "evaluationDelay",
  "renotifyInterval",
  "renotifyOccurrences",
  "timeoutH",
] as const;
const LOG_ALERT_FLAGS = ["enableLogsSample", "groupbySimpleMonitor"] as const;

export const monitor: ResourceType = {
  shape: monitorShape,
  computed: [],

  async validate(api, inputs, id) {
    if (inputs["validate"] === false) return;
    const path = id === undefined ? `${PATH}/validate` : `${PATH}/${id}/validate`;
    // The official plugin sends the default time frame here, though not when it creates.
    await api({ method: "POST", path, body: monitorBody(inputs, inputs["noDataTimeframe"]) });
  },

  async create(api, inputs) {
    const body = monitorBody(inputs, heededTimeframe(inputs));
    return liveMonitor(await api({ method: "POST", path: PATH, body }));
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}?with_assets=true` }));
    return found === undefined ? undefined : liveMonitor(found);
  },

  async update(api, id, inputs) {
    const body = { ...monitorBody(inputs, heededTimeframe(inputs)), id: Number(id) };
    return liveMonitor(await api({ method: "PUT", path: `${PATH}/${id}`, body }));
  },

  async remove(api: Api, id: string, inputs: JsonMap) {
    const force = inputs["forceDelete"] === true ? "?force=true" : "";
    await unlessGone(api({ method: "DELETE", path: `${PATH}/${id}${force}` }));
  },
};

/** Without notifyNoData the time frame says nothing. */
function heededTimeframe(inputs: JsonMap): Json | undefined {
  return inputs["notifyNoData"] === true ? inputs["noDataTimeframe"] : undefined;
}

/** The body of create, update and validate. */
function monitorBody(inputs: JsonMap, noDataTimeframe?: Json): JsonMap {
  const priority = inputs["priority"];
  return {
    ...setProperties(inputs, ["draftStatus"]),
    name: inputs["name"],
    type: inputs["type"],
    query: inputs["query"],
    message: inputs["message"],
    priority: isEmpty(priority) ? null : Number(priority),
    restricted_roles: sorted(inputs["restrictedRoles"]) ?? null,
    tags: sorted(inputs["tags"]) ?? [],
    options: { ...optionsBody(inputs), no_data_timeframe: noDataTimeframe },
    ...(!isEmpty(inputs["assets"]) && { assets: parts(inputs, "assets").map(assetBody) }),
  };
}

function optionsBody(inputs: JsonMap): JsonMap {
  return {
    thresholds: thresholdsBody(part(inputs, "monitorThresholds")),
    include_tags: inputs["includeTags"],
    notify_no_data: inputs["notifyNoData"] ?? false,
    require_full_window: inputs["requireFullWindow"],
    new_host_delay: inputs["newHostDelay"],
    ...setProperties(inputs, [...TEXTS, ...NUMBERS, "renotifyStatuses", "notifyAudit"]),
    ...(!isEmpty(inputs["notifyBies"]) && { notify_by: sorted(inputs["notifyBies"]) }),
    ...windowsBody(part(inputs, "monitorThresholdWindows")),
    ...(inputs["type"] === "log alert" && {
      enable_logs_sample: inputs["enableLogsSample"] ?? false,
      ...setProperties(inputs, ["groupbySimpleMonitor"]),
    }),
  };
}

function thresholdsBody(thresholds: JsonMap): JsonMap {
  const given = THRESHOLDS.filter((name) => !isEmpty(thresholds[name]));
  return Object.fromEntries(given.map((name) => [apiName(name), Number(thresholds[name])]));
}

function windowsBody(windows: JsonMap): JsonMap {
  const given = setProperties(windows, ["recoveryWindow", "triggerWindow"]);
  return Object.keys(given).length === 0 ? {} : { threshold_windows: given };
}

function assetBody(asset: JsonMap): JsonMap {
  return setProperties(asset, ["category", "name", "url", "resourceKey", "resourceType"]);
}

function liveMonitor(body: JsonMap): LiveResource {
  const options = part(body, "options");
  const read = (names: readonly string[], empty: Json) =>
    Object.fromEntries(names.map((name) => [name, options[apiName(name)] ?? empty]));
  const priority = body["priority"];
  const outputs: JsonMap = {
    name: body["name"],
    type: body["type"],
    query: body["query"],
    message: body["message"],
    priority: isEmpty(priority) ? "" : String(Number(priority)),
    tags: sortedItems(body["tags"]),
    restrictedRoles: sortedItems(body["restricted_roles"]),
    draftStatus: body["draft_status"] ?? "published",
    assets: liveAssets(body),
    monitorThresholds: liveThresholds(part(options, "thresholds")),
    monitorThresholdWindows: liveWindows(part(options, "threshold_windows")),
    includeTags: options["include_tags"] ?? false,
    requireFullWindow: options["require_full_window"] ?? false,
    notifyNoData: options["notify_no_data"],
    noDataTimeframe: options["no_data_timeframe"],
    newHostDelay: options["new_host_delay"],
    renotifyStatuses: isEmpty(options["renotify_statuses"])
      ? undefined
      : options["renotify_statuses"],
    notifyAudit: options["notify_audit"] ?? false,
    notifyBies: options["notify_by"] ?? [],
    ...read(TEXTS, ""),
    ...read(NUMBERS, 0),
    ...(body["type"] === "log alert" && read(LOG_ALERT_FLAGS, false)),
  };
  return { id: idOf(body), outputs };
}

function liveAssets(body: JsonMap): Json | undefined {
  if (body["assets"] === undefined) return undefined;
  return parts(body, "assets").map((asset) => ({
    category: asset["category"],
    name: asset["name"],
    url: asset["url"],
    resourceKey: asset["resource_key"] ?? undefined,
    resourceType: asset["resource_type"] ?? undefined,
  }));
}

/** As the official plugin keeps them: all names as soon as there is one, the others as empty texts. */
function liveThresholds(thresholds: JsonMap): JsonMap | undefined {
  const live = THRESHOLDS.map((name) => {
    const value = thresholds[apiName(name)];
    return [name, typeof value === "number" ? String(value) : ""] as const;
  });
  return live.some(([, value]) => value !== "") ? Object.fromEntries(live) : undefined;
}

function liveWindows(windows: JsonMap): JsonMap | undefined {
  const names = ["recoveryWindow", "triggerWindow"].filter((name) => windows[apiName(name)]);
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name, windows[apiName(name)]]));
}

/** The API keeps sets as lists; sorted, two of them compare. */
function sortedItems(value: Json | undefined): string[] {
  return Array.isArray(value) ? (value as string[]).toSorted() : [];
}

function sorted(value: Json | undefined): string[] | undefined {
  const items = sortedItems(value);
  return items.length > 0 ? items : undefined;
}
