import { PluginError } from "../../grpc/plugin-error.ts";
import { apiName, idOf, isEmpty, parts } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import { DEFAULTS, type Property, type Shape } from "../inputs/shape.ts";
import { pipelineShape, processors } from "./log-processors.ts";
import { isJsonList, isJsonMap, type Json, type JsonMap } from "../api/json.ts";

const PATH = "/api/v1/logs/config/pipelines";

// The API answers 400 for a pipeline that is not there.
const GONE = [400, 404];

// Sent only when they are set; every other text is sent as "" at least.
const OPTIONAL_TEXTS: ReadonlySet<string> = new Set(["targetFormat", "defaultLookup"]);

// Names whose plural is Pulumi's own.
const API_NAMES: Readonly<Record<string, string>> = { lookupTables: "lookup_table" };

export const logsCustomPipeline: ResourceType = {
  shape: pipelineShape,
  computed: [],

  async create(api, inputs) {
    return livePipeline(await api({ method: "POST", path: PATH, body: pipelineBody(inputs) }));
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}` }), GONE);
    return found === undefined ? undefined : livePipeline(found);
  },

  async update(api, id, inputs) {
    const body = pipelineBody(inputs);
    return livePipeline(await api({ method: "PUT", path: `${PATH}/${id}`, body }));
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: `${PATH}/${id}` }), GONE);
  },
};

export function pipelineBody(pipeline: JsonMap): JsonMap {
  return {
    name: pipeline["name"],
    // Absent means off, as with the official plugin.
    is_enabled: pipeline["isEnabled"] ?? false,
    description: pipeline["description"] ?? "",
    tags: pipeline["tags"] ?? [],
    filter: { query: parts(pipeline, "filters")[0]?.["query"] ?? "" },
    processors: parts(pipeline, "processors").map(processorBody),
  };
}

function processorBody(declared: JsonMap): JsonMap {
  const names = Object.keys(declared).filter((name) => name !== DEFAULTS);
  const [name = ""] = names;
  const processor = processors[name];
  const content = declared[name];
  if (names.length !== 1 || processor === undefined || !isJsonMap(content)) {
    throw new PluginError(`an item of processors must hold one processor, got ${names.join(", ")}`);
  }
  if (name === "pipeline") return nestedPipelineBody(content);
  return { type: processor.type, ...objectBody(processor.shape, content) };
}

function nestedPipelineBody(pipeline: JsonMap): JsonMap {
  const { processors: inner, ...body } = pipelineBody(pipeline);
  return { type: "pipeline", ...body, ...(!isEmpty(inner) && { processors: inner }) };
}

function objectBody(shape: Shape, content: JsonMap): JsonMap {
  const entries = Object.entries(shape).map(([name, property]) => [
    API_NAMES[name] ?? apiName(name),
    valueBody(name, property, content[name]),
  ]);
  return Object.fromEntries(entries) as JsonMap;
}

function valueBody(name: string, property: Property, value: Json | undefined): Json | undefined {
  if (property.kind === "object") {
    return isJsonMap(value) ? objectBody(property.shape, value) : undefined;
  }
  if ("of" in property) return listBody(name, property.of, value);
  if (property.kind === "boolean") return value ?? false;
  return isEmpty(value) && OPTIONAL_TEXTS.has(name) ? undefined : (value ?? "");
}

/** An empty list is left out. */
function listBody(name: string, item: Property, value: Json | undefined): Json | undefined {
  if (!isJsonList(value) || value.length === 0) return undefined;
  return value.map((one) => valueBody(name, item, one) ?? null);
}

function livePipeline(body: JsonMap): LiveResource {
  return { id: idOf(body), outputs: pipelineOutputs(body) };
}

function pipelineOutputs(body: JsonMap): JsonMap {
  const filter = body["filter"];
  return {
    name: body["name"],
    isEnabled: body["is_enabled"] ?? false,
    description: body["description"] ?? "",
    tags: body["tags"] ?? [],
    filters: [{ query: (isJsonMap(filter) ? filter["query"] : undefined) ?? "" }],
    processors: parts(body, "processors").map(processorOutputs),
  };
}

function processorOutputs(body: JsonMap): JsonMap {
  const found = Object.entries(processors).find(([, { type }]) => type === body["type"]);
  if (found === undefined) {
    throw new PluginError(
      `the pipeline holds a processor of type ${JSON.stringify(body["type"])}, which the ` +
        `stand-in for the datadog plugin does not know: use the official plugin`,
    );
  }
  const [name, { shape }] = found;
  return { [name]: name === "pipeline" ? pipelineOutputs(body) : objectOutputs(shape, body) };
}

function objectOutputs(shape: Shape, body: JsonMap): JsonMap {
  const entries = Object.entries(shape).map(([name, property]) => [
    name,
    valueOutput(property, body[API_NAMES[name] ?? apiName(name)]),
  ]);
  return Object.fromEntries(entries) as JsonMap;
}

function valueOutput(property: Property, value: Json | undefined): Json | undefined {
  if (property.kind === "object" && isJsonMap(value)) return objectOutputs(property.shape, value);
  if ("of" in property && isJsonList(value)) {
    return value.map((item) => valueOutput(property.of, item) ?? null);
  }
  return property.kind === "boolean" ? (value ?? false) : (value ?? undefined);
}
