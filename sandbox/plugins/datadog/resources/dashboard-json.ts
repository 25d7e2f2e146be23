import { setTimeout as sleep } from "node:timers/promises";
import { PluginError } from "../../grpc/plugin-error.ts";
import type { Api } from "../api/api.ts";
import { canonicalJson, parseJson } from "../api/canonical-json.ts";
import { idOf } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import { json, text, type Shape } from "../inputs/shape.ts";
import { isJsonList, isJsonMap, type Json, type JsonMap } from "../api/json.ts";

const PATH = "/api/v1/dashboard";

// A dashboard can be read only some time after it was created.
const READ_ATTEMPTS = 20;
const READ_PAUSE_MS = 500;

// What the API adds to a dashboard, and the program does not declare.
const COMPUTED = ["id", "author_handle", "author_name", "created_at", "modified_at", "url"];

const shape: Shape = {
  dashboard: json({ required: true }),
  url: text({ local: true }),
};

export const dashboardJson: ResourceType = {
  shape,
  computed: ["url"],

  async create(api, inputs) {
    const created = await api({ method: "POST", path: PATH, body: dashboardBody(inputs) });
    const id = idOf(created);
    await untilReadable(api, id);
    return liveDashboard(created);
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}` }));
    return found === undefined ? undefined : liveDashboard(found);
  },

  async update(api, id, inputs) {
    const body = dashboardBody(inputs);
    return liveDashboard(await api({ method: "PUT", path: `${PATH}/${id}`, body }));
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: `${PATH}/${id}` }));
  },
};

async function untilReadable(api: Api, id: string): Promise<void> {
  for (let attempt = 1; attempt <= READ_ATTEMPTS; attempt++) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}` }));
    if (found !== undefined) return;
    await sleep(READ_PAUSE_MS);
  }
  const seconds = (READ_ATTEMPTS * READ_PAUSE_MS) / 1000;
  throw new PluginError(
    `dashboard ${id} was created, but still cannot be read after ${seconds} s: run \`pulumi up\` again`,
  );
}

/** The document in canonical form; `is_read_only` is answered by the API, but not taken. */
function dashboardBody(inputs: JsonMap): string {
  const document = parseJson(inputs["dashboard"] as string) as JsonMap;
  return canonicalJson({ ...document, is_read_only: undefined });
}

function liveDashboard(body: JsonMap): LiveResource {
  const document = canonicalJson(declaredPart(body));
  const url = body["url"] ?? undefined;
  return { id: idOf(body), outputs: { dashboard: document, url } };
}

/** The dashboard without what the API adds by itself. */
function declaredPart(body: JsonMap): JsonMap {
  const declared = Object.fromEntries(
    Object.entries(body).filter(([name]) => !COMPUTED.includes(name)),
  );
  const { widgets, is_read_only: isReadOnly } = declared;
  return {
    ...declared,
    ...(isJsonList(widgets) && { widgets: widgets.map(withoutId) }),
    is_read_only: isReadOnly === true ? true : undefined,
  };
}

function withoutId(widget: Json): Json {
  if (!isJsonMap(widget)) return widget;
  const { definition } = widget;
  if (!isJsonMap(definition)) return { ...widget, id: undefined };
  const inner = definition["widgets"];
  const group = isJsonList(inner) ? { widgets: inner.map(withoutId) } : {};
  return { ...widget, id: undefined, definition: { ...definition, ...group } };
}
