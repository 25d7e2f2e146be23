import { PluginError } from "../../grpc/plugin-error.ts";
import { part, parts } from "../api/api-names.ts";
import { canonicalJson, parseJson } from "../api/canonical-json.ts";
import { isJsonMap, type Json, type JsonMap } from "../api/json.ts";
import { json, type Shape } from "../inputs/shape.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";

const PATH = "/api/v2/catalog/entity";

// The official plugin takes YAML as well.
const shape: Shape = { entity: json({ required: true }) };

export const softwareCatalog: ResourceType = {
  shape,
  computed: [],

  async create(api, inputs) {
    const body = entityBody(inputs);
    return liveEntity(schemaOf(await api({ method: "POST", path: PATH, body })));
  },

  async read(api, id) {
    const query = `include=raw_schema&filter[ref]=${encodeURIComponent(id)}`;
    const raw = parts(await api({ method: "GET", path: `${PATH}?${query}` }), "included")
      .map((included) => part(included, "attributes")["raw_schema"])
      .find((text) => typeof text === "string");
    // The official plugin fails where the entity is gone, instead of taking it out of the state.
    if (typeof raw !== "string") return undefined;
    const schema = parseJson(Buffer.from(raw, "base64").toString()) as JsonMap;
    return liveEntity(schema);
  },

  async update(api, id, inputs) {
    const body = entityBody(inputs);
    const wanted = reference(parseJson(body) as JsonMap);
    if (wanted !== id) {
      throw new PluginError(
        `an entity cannot become another one: it is ${id}, and would be ${wanted}. ` +
          "Give the resource another name with it, so that Pulumi replaces it",
      );
    }
    return liveEntity(schemaOf(await api({ method: "POST", path: PATH, body })));
  },

  async remove(api, id) {
    await api({ method: "DELETE", path: `${PATH}/${id}` });
  },
};

function entityBody(inputs: JsonMap): string {
  const entity = parseJson(inputs["entity"] as string) as Json;
  if (!isJsonMap(entity))
    throw new PluginError("entity is no object: expected an entity of schema v3");
  const { apiVersion } = entity;
  if (apiVersion !== "v3") {
    throw new PluginError(`entity has apiVersion ${JSON.stringify(apiVersion)}: expected "v3"`);
  }
  return canonicalJson(entity);
}

function schemaOf(answer: JsonMap): JsonMap {
  const [included, ...more] = parts(answer, "included");
  const schema = part(part(included, "attributes"), "schema");
  if (included === undefined || more.length > 0 || schema["kind"] === undefined) {
    throw new PluginError("Datadog's answer holds no entity");
  }
  return schema;
}

/** The entity without what the API adds by itself. */
function liveEntity(schema: JsonMap): LiveResource {
  const metadata = Object.entries(part(schema, "metadata")).filter(
    ([name, value]) => name !== "managed" && !(name === "namespace" && value === "default"),
  );
  const declared = { ...schema, metadata: Object.fromEntries(metadata) };
  return { id: reference(schema), outputs: { entity: canonicalJson(declared) } };
}

function reference(schema: JsonMap): string {
  const { namespace, name } = part(schema, "metadata");
  const [kind, place, own] = [schema["kind"], namespace ?? "default", name].map(textOf);
  return `${kind}:${place}/${own}`;
}

function textOf(value: Json | undefined): string {
  if (typeof value === "string") return value;
  throw new PluginError("entity has no kind, or no metadata.name");
}
